// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Single;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A connection in its client's era, whatever the server speaks: a server of the same era is
/// reached as it is, another through a bridge. Which it is shows with the first request.
public final class Adapting implements ToolConnection {
  private final Era era;
  private final Ways ways;
  private final LegacySessions sessions;
  private final Parking parking;
  private final String key;
  private volatile @Nullable ToolConnection chosen;

  /// @param key of the server and the caller
  public Adapting(Era era, Ways ways, LegacySessions sessions, Parking parking, String key) {
    this.era = era;
    this.ways = ways;
    this.sessions = sessions;
    this.parking = parking;
    this.key = key;
  }

  /// How a server is reached in each era.
  public interface Ways {
    ToolConnection open(Era as) throws ToolServerException;

    /// The era that the server speaks as far as that is known or can be found out; empty where only
    /// a greeting shows it.
    ///
    /// @param client era of the client, in which it is reached if it speaks both
    Optional<Era> spoken(Era client, Cuttable call) throws ToolServerException;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    ToolConnection connection = chosen;
    if (connection != null) {
      return connection.ask(request, headers, call);
    }
    Optional<Era> spoken = ways.spoken(era, call);
    if (spoken.isEmpty() && era == Era.LEGACY) {
      return greet(request, headers, call);
    }
    connection = to(spoken.orElse(era));
    chosen = connection;
    return connection.ask(request, headers, call);
  }

  private ToolConnection to(Era spoken) throws ToolServerException {
    if (spoken == era) {
      return ways.open(era);
    }
    return switch (era) {
      case MODERN -> new ModernOverLegacy(sessions, () -> ways.open(Era.LEGACY), parking, key);
      case LEGACY -> new LegacyOverModern(ways.open(Era.MODERN));
    };
  }

  /// Greets a server the older way, and a server that does not know it the newer.
  private Answers greet(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    ToolConnection legacy = ways.open(Era.LEGACY);
    RpcMessage welcome = null;
    ToolServerException refusal = null;
    try (Answers answers = legacy.ask(request, headers, call)) {
      welcome = answers.next();
    } catch (ToolServerException e) {
      if (!(e.reason() instanceof Reason.NotSent)) {
        throw e;
      }
      refusal = e;
    }
    if (welcome != null && !knowsNone(welcome.json().path("error"))) {
      chosen = legacy;
      return new Single(welcome);
    }
    ToolConnection modern = to(Era.MODERN);
    try {
      Answers answers = modern.ask(request, headers, call);
      chosen = modern;
      return answers;
    } catch (ToolServerException e) {
      if (refusal != null) {
        refusal.addSuppressed(e);
        throw refusal;
      }
      if (welcome != null) {
        chosen = legacy;
        return new Single(welcome);
      }
      throw e;
    }
  }

  /// Whether an error means that `initialize` is not known any more.
  private static boolean knowsNone(JsonNode error) {
    return switch (error.path("code").asInt(0)) {
      case -32601, -32602, -32020, -32021, -32022 -> true;
      default -> false;
    };
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) throws ToolServerException {
    ToolConnection connection = chosen;
    if (connection == null) {
      throw new ToolServerException(
          new Reason.NotSent("Nothing was asked of the tool server yet: " + message.method()));
    }
    connection.tell(message, call);
  }

  @Override
  public Optional<Answers> listen(Cuttable call) throws ToolServerException {
    ToolConnection connection = chosen;
    return connection == null ? Optional.empty() : connection.listen(call);
  }

  @Override
  public boolean lost() {
    ToolConnection connection = chosen;
    return connection != null && connection.lost();
  }

  @Override
  public void close() {
    ToolConnection connection = chosen;
    if (connection != null) {
      connection.close();
    }
  }
}
