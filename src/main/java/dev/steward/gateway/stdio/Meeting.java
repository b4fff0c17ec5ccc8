// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Meta;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// The first words with a new process: they find out in which era it speaks. One that does not know
/// `server/discover`, or is slow to answer it, is greeted the older way, as a client that can be
/// asked but has no folders.
final class Meeting {
  static final Duration PROBE = Duration.ofSeconds(5);

  private enum Discovery {
    MODERN,
    OLDER,
    LATE
  }

  private final StdioProcess process;
  private final ToolServer server;
  private final Duration probe;

  /// @param probe how long an answer to the first question is waited for
  Meeting(StdioProcess process, ToolServer server, Duration probe) {
    this.process = process;
    this.server = server;
    this.probe = probe;
  }

  void meet() throws InterruptedException, ToolServerException {
    Discovery first = discover("probe", probe);
    if (first == Discovery.MODERN) {
      return;
    }
    RpcMessage greeting = greet();
    if (greeting.json().path("result") instanceof ObjectNode result) {
      process.met(Era.LEGACY, result);
      process.send(RpcMessage.notification("notifications/initialized"));
      return;
    }
    // One that was slow to start may have refused the older greeting because it is not old.
    if (first == Discovery.LATE
        && discover("late-probe", server.reach().call()) == Discovery.MODERN) {
      return;
    }
    throw new ToolServerException(
        new Reason.NotSent(
            "The tool server "
                + server.name()
                + " begins no session: "
                + greeting.json().path("error").path("message").asString("")));
  }

  private Discovery discover(String id, Duration wait)
      throws InterruptedException, ToolServerException {
    ObjectNode params = RpcJson.object();
    ObjectNode meta = params.putObject("_meta");
    meta.put(Meta.PROTOCOL_VERSION, Era.MODERN_VERSIONS.getFirst());
    meta.set(Meta.CLIENT_CAPABILITIES, RpcJson.object());
    meta.set(Meta.CLIENT_INFO, client());
    try {
      RpcMessage said =
          response(process.ask(RpcMessage.request(id, "server/discover", params)), wait);
      if (said.json().path("result") instanceof ObjectNode result) {
        process.met(Era.MODERN, result);
        return Discovery.MODERN;
      }
      return Discovery.OLDER;
    } catch (ToolServerException e) {
      if (e.reason() instanceof Reason.Unknown unknown && unknown.late()) {
        return Discovery.LATE;
      }
      throw e;
    }
  }

  private RpcMessage greet() throws InterruptedException, ToolServerException {
    ObjectNode params = RpcJson.object();
    params.put("protocolVersion", Era.LEGACY_NEWEST);
    ObjectNode capabilities = params.putObject("capabilities");
    capabilities.putObject("elicitation");
    capabilities.putObject("sampling");
    params.set("clientInfo", client());
    return response(
        process.ask(RpcMessage.request("greeting", "initialize", params)), server.reach().call());
  }

  private RpcMessage response(Exchange exchange, Duration wait)
      throws InterruptedException, ToolServerException {
    RpcMessage next = exchange.next(wait, server.name());
    while (next.kind() != RpcMessage.Kind.RESPONSE) {
      next = exchange.next(wait, server.name());
    }
    return next;
  }

  private static ObjectNode client() {
    return RpcJson.object().put("name", "steward").put("version", "1");
  }
}
