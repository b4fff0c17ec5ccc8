// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.UpstreamException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// In which era servers over HTTP speak: asked once in a while, by `server/discover`.
final class Eras {
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Era era, long nanos) {}

  /// The era for a modern client; what is no answer is not kept.
  Era of(ToolServer server, ToolConnection modern, Cuttable call) throws ToolServerException {
    Known found = known.get(server.url());
    if (found != null && System.nanoTime() - found.nanos() < KEPT.toNanos()) {
      return found.era();
    }
    Era era = Era.MODERN;
    try (Answers answers = modern.ask(discover(), List.of(), call)) {
      Responses.result(answers, _ -> {});
    } catch (ToolServerException e) {
      if (!older(e)) {
        throw e;
      }
      era = Era.LEGACY;
    }
    known.put(server.url(), new Known(era, System.nanoTime()));
    return era;
  }

  /// Whether the answer to a modern request means that the server may speak the older way: any
  /// refusal but those that only a modern server gives.
  private static boolean older(ToolServerException e) {
    return switch (e.reason()) {
      case Reason.Refused refused ->
          switch (refused.error().path("code").asInt(0)) {
            case -32020, -32021, -32022 -> false;
            default -> true;
          };
      case Reason.NotSent _ -> e.getCause() instanceof HttpAnswers.NoMessage;
      case Reason.Unknown unknown ->
          !unknown.late() && !(e.getCause() instanceof UpstreamException);
    };
  }

  private static RpcMessage discover() {
    ObjectNode params = RpcJson.object();
    ObjectNode meta = params.putObject("_meta");
    meta.put(Meta.PROTOCOL_VERSION, Era.MODERN_VERSIONS.getFirst());
    meta.set(Meta.CLIENT_CAPABILITIES, RpcJson.object());
    meta.set(Meta.CLIENT_INFO, RpcJson.object().put("name", "steward").put("version", "1"));
    return RpcMessage.request("steward-era", "server/discover", params);
  }
}
