// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server over HTTP with fixed answers, in a process of its own. It offers the tools of
/// [#NAMES], which all take a note. Calls below [#SLOW] are answered after two seconds.
public final class MockTools {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// The tools: one that reads, one that writes, and one that people must agree to.
  public static final List<String> NAMES = List.of("look", "book", "wire");

  /// The schema of their arguments.
  public static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\"},"
          + "\"amount\":{\"type\":\"number\"}},\"required\":[\"note\",\"amount\"],"
          + "\"additionalProperties\":false}";

  private static final String CALL = "tools/call";

  /// Where it is slow.
  public static final String SLOW = "/slow";

  private static final long SLOW_MILLIS = 2_000;
  private static final String SAID = "Order 4711 of 2026-10-02, 3 items, delivered, paid in full. ";

  private MockTools() {}

  public static void main(String[] arguments) throws IOException {
    MockServer.serve(MockTools::answer);
  }

  private static void answer(String head, MessageReader in, OutputStream out)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    in.body(head, (from, at, to) -> body.write(from, at, to - at));
    JsonNode request =
        body.size() == 0 ? JSON.createObjectNode() : JSON.readTree(body.toByteArray());
    if (head.startsWith("post " + SLOW) && request.path("method").asString("").equals(CALL)) {
      Thread.sleep(SLOW_MILLIS);
    }
    out.write(request.has("id") ? answer(request) : answer("202 Accepted", new byte[0]));
  }

  private static byte[] answer(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    ObjectNode result = answer.putObject("result").put("resultType", "complete");
    switch (request.path("method").asString("")) {
      case CALL -> {
        result.putArray("content").addObject().put("type", "text").put("text", SAID.repeat(4));
      }
      case "tools/list" -> {
        ArrayNode tools = result.putArray("tools");
        for (String name : NAMES) {
          tools.addObject().put("name", name).set("inputSchema", JSON.readTree(SCHEMA));
        }
      }
      case "server/discover" -> {
        result.putArray("supportedVersions").add("2026-07-28");
        result.putObject("capabilities").putObject("tools");
      }
      default -> {
        answer.remove("result");
        answer.putObject("error").put("code", -32601).put("message", "Method not found");
        return answer("404 Not Found", JSON.writeValueAsBytes(answer));
      }
    }
    return answer("200 OK", JSON.writeValueAsBytes(answer));
  }

  private static byte[] answer(String status, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, body.length)
            .getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }
}
