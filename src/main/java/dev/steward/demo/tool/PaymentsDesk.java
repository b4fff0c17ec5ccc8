// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.tool;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The payments server of the demo's shop: MCP over HTTP, with its tools as the manifests accept
/// them. No money moves.
public final class PaymentsDesk implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Dear enough that a colleague must agree to a refund.
  private static final int TOTAL_MIN = 240;

  private static final int NO_SUCH_METHOD = -32601;

  private static final String TOOLS =
      """
      [{"name": "get_order", "description": "Reads one order.",
        "inputSchema": {"type": "object", "properties": {"order_id": {"type": "string"}},
                        "required": ["order_id"]}},
       {"name": "refund", "description": "Gives money back for an order.",
        "inputSchema": {"type": "object", "properties": {"order_id": {"type": "string"},
                        "amount": {"type": "integer"}}, "required": ["order_id", "amount"]}},
       {"name": "search_mail", "description": "Searches the customer's mail.",
        "inputSchema": {"type": "object", "properties": {"query": {"type": "string"}},
                        "required": ["query"]}}]
      """;

  private final WebServer server;

  private PaymentsDesk() {
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .connectionOptions(o -> o.tcpNoDelay(true))
            .shutdownGracePeriod(Duration.ZERO)
            .shutdownHook(false)
            .routing(routing -> routing.post("/mcp", PaymentsDesk::answer))
            .build();
  }

  /// Opens it on a free port.
  public static PaymentsDesk open() {
    PaymentsDesk desk = new PaymentsDesk();
    desk.server.start();
    return desk;
  }

  public String url() {
    return "http://127.0.0.1:" + server.port() + "/mcp";
  }

  private static void answer(ServerRequest request, ServerResponse response) {
    JsonNode asked = JSON.readTree(request.content().as(byte[].class));
    if (!asked.has("id")) {
      response.status(Status.ACCEPTED_202).send();
      return;
    }
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", asked.get("id"));
    switch (asked.path("method").asString("")) {
      case "initialize" -> answer.set("result", hello(asked.path("params")));
      case "ping" -> answer.putObject("result");
      case "tools/list" -> answer.putObject("result").set("tools", JSON.readTree(TOOLS));
      case "tools/call" -> answer.set("result", called(asked.path("params")));
      default ->
          answer
              .putObject("error")
              .put("code", NO_SUCH_METHOD)
              .put("message", "This server offers tools and nothing else.");
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(answer.toString());
  }

  private static ObjectNode hello(JsonNode params) {
    ObjectNode hello = JSON.createObjectNode();
    hello.put("protocolVersion", params.path("protocolVersion").asString("2025-11-25"));
    hello.putObject("capabilities").putObject("tools");
    hello.putObject("serverInfo").put("name", "payments").put("version", "1");
    return hello;
  }

  private static ObjectNode called(JsonNode params) {
    JsonNode arguments = params.path("arguments");
    String order = arguments.path("order_id").asString("");
    ObjectNode told = JSON.createObjectNode();
    switch (params.path("name").asString("")) {
      case "get_order" ->
          told.put("order_id", order)
              .put("total", TOTAL_MIN + 10 * Math.floorMod(order.hashCode(), 40))
              .put("currency", "USD")
              .put("state", "delivered");
      case "refund" ->
          told.put("refund_id", "RF-" + order)
              .put("amount", arguments.path("amount").asInt(0))
              .put("state", "booked");
      default -> told.put("hits", 0);
    }
    ObjectNode result = JSON.createObjectNode();
    ArrayNode content = result.putArray("content");
    content.addObject().put("type", "text").put("text", told.toString());
    return result;
  }

  @Override
  public void close() {
    server.stop();
  }
}
