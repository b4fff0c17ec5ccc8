// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import com.sun.net.httpserver.HttpExchange;
import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/// Tool calls that an agent's own process makes while it answers.
final class AgentsCalls {
  private AgentsCalls() {}

  /// A call in the run of the request that is answered.
  static JsonNode call(
      McpServer mcp, String key, HttpExchange exchange, String server, String tool, String text) {
    String run = exchange.getRequestHeaders().getFirst("x-steward-run");
    return call(
        mcp,
        key,
        run == null ? "" : run,
        exchange.getRequestHeaders().getFirst("traceparent"),
        server,
        tool,
        text);
  }

  static JsonNode call(
      McpServer mcp,
      String key,
      String run,
      String traceparent,
      String server,
      String tool,
      String text) {
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s",
         "arguments":{"text":"%s"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
         "io.modelcontextprotocol/clientCapabilities":{}}}}
        """
            .formatted(tool, text);
    return McpServer.json(
        mcp.send(
            mcp.request(
                    "/mcp/" + server,
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    "tools/call",
                    "Mcp-Name",
                    tool,
                    "x-steward-run",
                    run,
                    "traceparent",
                    traceparent,
                    "Authorization",
                    "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build()));
  }

  static String text(JsonNode answer) {
    JsonNode said = answer.at("/result/content/0/text");
    return said.isString() ? said.asString() : answer.toString();
  }

  /// How many calls have reached a tool server.
  static long calls(ScriptedTools server) {
    return server.received().stream()
        .filter(each ->
            each.body().length > 0
                && RpcJson.read(each.body()).path("method").asString("").equals("tools/call"))
        .count();
  }
}
