// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests whose server asked something, until their client comes back with the answer. What the
/// client carries names one of them, and holds only for its own caller, the same request and a
/// while.
public final class Parking {
  static final String STATE = "requestState";
  private static final int PARKED_MAX = 1_000;
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Sealing sealing;
  private final Map<String, Parked> parked = new LinkedHashMap<>();
  private long count;

  public Parking(RandomGenerator random) {
    sealing = new Sealing(random);
  }

  /// @param bound what the request must be the same in
  record Parked(Pump pump, RpcMessage question, String owner, JsonNode bound, long untilNanos) {}

  /// Keeps a request, and gives what its client carries.
  String park(Pump pump, RpcMessage question, String owner, JsonNode bound) {
    ObjectNode state = RpcJson.object();
    synchronized (this) {
      Iterator<Parked> oldest = parked.values().iterator();
      while (oldest.hasNext()) {
        Parked each = oldest.next();
        if (parked.size() < PARKED_MAX && each.untilNanos() - System.nanoTime() > 0) {
          break;
        }
        each.pump().cancel();
        oldest.remove();
      }
      String id = Long.toString(++count);
      long until = System.nanoTime() + TIME.toNanos();
      parked.put(id, new Parked(pump, question, owner, bound, until));
      state.put("id", id);
      state.put("owner", owner);
    }
    return sealing.seal(state);
  }

  /// Takes out what a client carried back; empty where it carries nothing.
  ///
  /// @throws ToolServerException where it does not fit
  Optional<Parked> take(RpcMessage request, String owner, JsonNode bound)
      throws ToolServerException {
    if (!request.params().has(STATE)) {
      return Optional.empty();
    }
    Optional<JsonNode> state = sealing.open(request.param(STATE));
    if (state.isPresent() && state.get().path("owner").asString("").equals(owner)) {
      synchronized (this) {
        Parked found = parked.get(state.get().path("id").asString(""));
        if (found != null
            && found.bound().equals(bound)
            && found.untilNanos() - System.nanoTime() > 0) {
          parked.remove(state.get().path("id").asString(""));
          return Optional.of(found);
        }
      }
    }
    String message =
        "'requestState' is none that belongs to this request, or it is too old: ask anew without.";
    throw new ToolServerException(
        new Reason.Refused(RpcError.invalidParams(message).json(), message));
  }
}
