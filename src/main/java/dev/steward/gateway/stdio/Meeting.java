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

/// The first words with a new process: they find out in which era it speaks. One that knows no
/// `server/discover` is greeted the older way, as a client that can be asked but has no folders.
final class Meeting {
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final StdioProcess process;
  private final ToolServer server;

  Meeting(StdioProcess process, ToolServer server) {
    this.process = process;
    this.server = server;
  }

  void meet() throws InterruptedException, ToolServerException {
    ObjectNode params = RpcJson.object();
    ObjectNode meta = params.putObject("_meta");
    meta.put(Meta.PROTOCOL_VERSION, Era.MODERN_VERSIONS.getFirst());
    meta.set(Meta.CLIENT_CAPABILITIES, RpcJson.object());
    meta.set(Meta.CLIENT_INFO, client());
    Exchange probe = process.ask(RpcMessage.request("probe", "server/discover", params));
    try {
      RpcMessage said = response(probe, PROBE);
      if (said.json().path("result") instanceof ObjectNode result) {
        process.met(Era.MODERN, result);
        return;
      }
    } catch (ToolServerException e) {
      if (!(e.reason() instanceof Reason.Unknown unknown) || !unknown.late()) {
        throw e;
      }
    }
    greet();
  }

  private void greet() throws InterruptedException, ToolServerException {
    ObjectNode params = RpcJson.object();
    params.put("protocolVersion", Era.LEGACY_NEWEST);
    ObjectNode capabilities = params.putObject("capabilities");
    capabilities.putObject("elicitation");
    capabilities.putObject("sampling");
    params.set("clientInfo", client());
    RpcMessage said =
        response(
            process.ask(RpcMessage.request("greeting", "initialize", params)),
            server.reach().call());
    if (!(said.json().path("result") instanceof ObjectNode result)) {
      throw new ToolServerException(
          new Reason.NotSent(
              "The tool server "
                  + server.name()
                  + " begins no session: "
                  + said.json().path("error").path("message").asString("")));
    }
    process.met(Era.LEGACY, result);
    process.send(RpcMessage.notification("notifications/initialized"));
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
