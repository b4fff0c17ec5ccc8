// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Single;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A legacy server for a modern client. What the server asks in the middle of a call the client is
/// told as the input that its call requires; the call waits meanwhile.
final class ModernOverLegacy implements ToolConnection {
  private static final AtomicLong IDS = new AtomicLong();
  private static final String QUESTION = "q1";

  private final LegacySessions sessions;
  private final LegacySessions.Opening opening;
  private final Parking parking;
  private final String key;

  /// @param key of the server and the caller
  ModernOverLegacy(
      LegacySessions sessions, LegacySessions.Opening opening, Parking parking, String key) {
    this.sessions = sessions;
    this.opening = opening;
    this.parking = parking;
    this.key = key;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    ObjectNode can = RpcJson.child(request.meta(), Meta.CLIENT_CAPABILITIES);
    ObjectNode bound = RpcJson.object();
    bound.put("method", request.method());
    bound.set("name", request.params().path("name"));
    bound.set("arguments", request.params().path("arguments"));
    Optional<Parking.Parked> parked = parking.take(request, key, bound);
    if (parked.isPresent()) {
      return new Bridged(parked.get().pump(), request, bound, can, parked.get().question(), call);
    }
    LegacySessions.Kept session = sessions.session(key, asked(can), opening, call);
    return switch (request.method()) {
      case "server/discover" ->
          new Single(
              new RpcMessage(RpcMessage.result(request.id(), discovered(session.welcome()))));
      case "subscriptions/listen" -> throw none(request);
      default -> {
        RpcMessage sent = request.copy();
        sent.json().put("id", "steward-" + IDS.incrementAndGet());
        strip(sent);
        yield new Bridged(
            Pump.start(session.connection(), sent, headers), request, bound, can, null, call) {
          @Override
          Optional<Pump> again() throws ToolServerException {
            // It has forgotten the session, and so it has not seen the request.
            LegacySessions.Kept anew = sessions.session(key, asked(can), opening, call);
            return Optional.of(Pump.start(anew.connection(), sent, headers));
          }
        };
      }
    };
  }

  /// What the client can be asked, as far as a legacy server may know.
  private static ObjectNode asked(ObjectNode can) {
    ObjectNode asked = RpcJson.object();
    for (String name : List.of("elicitation", "sampling", "roots")) {
      if (can.path(name).isObject()) {
        asked.set(name, can.path(name));
      }
    }
    return asked;
  }

  private static ToolServerException none(RpcMessage request) {
    RpcError error = RpcError.noSuchMethod(Era.MODERN, request.method());
    return new ToolServerException(new Reason.Refused(error.json(), error.message()));
  }

  private static void strip(RpcMessage sent) {
    ObjectNode params = sent.params();
    params.remove(Parking.STATE);
    params.remove("inputResponses");
    if (params.path("_meta") instanceof ObjectNode meta) {
      for (String name :
          List.of(
              Meta.PROTOCOL_VERSION,
              Meta.CLIENT_CAPABILITIES,
              Meta.CLIENT_INFO,
              "io.modelcontextprotocol/logLevel")) {
        meta.remove(name);
      }
      if (meta.isEmpty()) {
        params.remove("_meta");
      }
    }
  }

  private static ObjectNode discovered(ObjectNode welcome) {
    ObjectNode result = RpcJson.object();
    result.set("supportedVersions", RpcJson.array(Era.MODERN_VERSIONS));
    ObjectNode capabilities = RpcJson.child(welcome, "capabilities").deepCopy();
    // The tasks of the older protocol are others, and nobody tells of changes.
    capabilities.remove(List.of("tasks", "logging"));
    for (String name : List.of("tools", "resources", "prompts")) {
      if (capabilities.has(name)) {
        capabilities.putObject(name);
      }
    }
    result.set("capabilities", capabilities);
    if (welcome.path("instructions").isString()) {
      result.set("instructions", welcome.path("instructions"));
    }
    result.putObject("_meta").set(Meta.SERVER_INFO, RpcJson.child(welcome, "serverInfo"));
    return Results.cacheable(Era.MODERN, result);
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) throws ToolServerException {
    throw new ToolServerException(
        new Reason.NotSent("A modern client tells a server no " + message.method() + "."));
  }

  @Override
  public Optional<Answers> listen(Cuttable call) {
    return Optional.empty();
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void close() {
    // The session serves the caller's next request.
  }

  /// What a legacy server says to one request, in modern form.
  private class Bridged implements Answers {
    private Pump pump;
    private final RpcMessage request;
    private final ObjectNode bound;
    private final ObjectNode can;
    private final Cuttable call;
    private @Nullable RpcMessage question;
    private boolean ended;

    private Bridged(
        Pump pump,
        RpcMessage request,
        ObjectNode bound,
        ObjectNode can,
        @Nullable RpcMessage question,
        Cuttable call) {
      this.pump = pump;
      this.request = request;
      this.bound = bound;
      this.can = can;
      this.question = question;
      this.call = call;
    }

    /// The request sent once more, where a session that is over may be begun anew.
    Optional<Pump> again() throws ToolServerException {
      return Optional.empty();
    }

    private RpcMessage heard() throws ToolServerException {
      try {
        return pump.next(call);
      } catch (ToolServerException e) {
        boolean unseen = e.reason() instanceof Reason.NotSent && pump.connection().lost();
        Optional<Pump> more = unseen ? again() : Optional.empty();
        if (more.isEmpty()) {
          throw e;
        }
        pump = more.get();
        return pump.next(call);
      }
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public @Nullable RpcMessage next() throws ToolServerException {
      if (ended) {
        return null;
      }
      RpcMessage open = question;
      if (open != null) {
        JsonNode answer = request.params().path("inputResponses").path(QUESTION);
        if (!(answer instanceof ObjectNode given)) {
          return required(open);
        }
        pump.connection().tell(new RpcMessage(RpcMessage.result(open.id(), given)), call);
        question = null;
      }
      while (true) {
        RpcMessage said = heard();
        switch (said.kind()) {
          case NOTIFICATION -> {
            return said;
          }
          case RESPONSE -> {
            return response(said);
          }
          case REQUEST -> {
            if (may(said.method())) {
              return required(said);
            }
            pump.connection().tell(new RpcMessage(refusal(said)), call);
          }
        }
      }
    }

    private RpcMessage response(RpcMessage said) {
      ended = true;
      ObjectNode json = said.json();
      json.set("id", request.id());
      if (json.path("result") instanceof ObjectNode result) {
        Results.whole(Era.MODERN, result);
      }
      return said;
    }

    private boolean may(String method) {
      return switch (method) {
        case "elicitation/create" -> can.path("elicitation").isObject();
        case "sampling/createMessage" -> can.path("sampling").isObject();
        case "roots/list" -> can.path("roots").isObject();
        default -> false;
      };
    }

    private static ObjectNode refusal(RpcMessage said) {
      return said.method().equals("ping")
          ? RpcMessage.result(said.id(), RpcJson.object())
          : RpcMessage.error(
              said.id(),
              RpcError.of(RpcError.NO_SUCH_METHOD, 200, "The client cannot be asked that.").json());
    }

    /// The call waits; its client is told what for.
    private RpcMessage required(RpcMessage asked) {
      ended = true;
      ObjectNode result = RpcJson.object();
      result.put("resultType", "input_required");
      ObjectNode question = result.putObject("inputRequests").putObject(QUESTION);
      question.put("method", asked.method());
      question.set("params", asked.params());
      result.put(Parking.STATE, parking.park(pump, asked, key, bound));
      return new RpcMessage(RpcMessage.result(request.id(), result));
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        pump.cancel();
      }
    }
  }
}
