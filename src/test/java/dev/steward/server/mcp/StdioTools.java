// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.gateway.rpc.RpcJson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server over stdio that keeps what it is told: `remember`, `recall`, `whoami` (its
/// process, folder and variables), `ask` (asks its client before it answers), `die`. The argument
/// says its era.
final class StdioTools {
  private static final List<String> NAMES = List.of("remember", "recall", "whoami", "ask", "die");
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final boolean modern;
  private final List<String> remembered = new ArrayList<>();
  private JsonNode asking = RpcJson.object().path("none");

  private StdioTools(boolean modern) {
    this.modern = modern;
  }

  /// What starts it.
  static List<String> command(String era) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath(),
        StdioTools.class.getName(),
        era);
  }

  /// It is started in another folder than this.
  private static String classPath() {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }

  public static void main(String[] args) throws IOException {
    StdioTools server = new StdioTools(args[0].equals("modern"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.err.println("stdio tools are up");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      server.heard((ObjectNode) RpcJson.read(line));
    }
  }

  private void heard(ObjectNode message) {
    if (!message.has("method")) {
      answer(asking, text(message.path("result").path("content").path("name").asString("nobody")));
      return;
    }
    if (!message.has("id")) {
      return;
    }
    JsonNode id = message.path("id");
    switch (message.path("method").asString("")) {
      case "server/discover" -> {
        if (modern) {
          answer(id, "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}");
        } else {
          error(id, -32601);
        }
      }
      case "initialize" -> {
        if (modern) {
          error(id, -32022);
        } else {
          answer(
              id,
              "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                  + "\"serverInfo\":{\"name\":\"stdio-tools\",\"version\":\"1\"}}");
        }
      }
      case "tools/list" -> answer(id, list());
      case "tools/call" -> called(id, message.path("params"));
      default -> error(id, -32601);
    }
  }

  private void called(JsonNode id, JsonNode params) {
    switch (params.path("name").asString("")) {
      case "remember" -> {
        remembered.add(params.path("arguments").path("text").asString(""));
        answer(id, text("kept"));
      }
      case "recall" -> answer(id, text(String.join(",", remembered)));
      case "whoami" ->
          answer(
              id,
              text(
                  ProcessHandle.current().pid()
                      + " "
                      + Path.of("").toAbsolutePath()
                      + " "
                      + new TreeSet<>(System.getenv().keySet())
                      + " "
                      + System.getenv("TOKEN")));
      case "ask" -> ask(id, params);
      case "die" -> Runtime.getRuntime().halt(3);
      default -> error(id, -32602);
    }
  }

  private void ask(JsonNode id, JsonNode params) {
    String question =
        "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Who?\",\"requestedSchema\":"
            + "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}}}";
    if (!modern) {
      asking = id;
      ObjectNode asked = (ObjectNode) RpcJson.read(question);
      OUT.println(asked.put("jsonrpc", "2.0").put("id", 77));
    } else if (params.has("inputResponses")) {
      String name =
          params.path("inputResponses").path("who").path("content").path("name").asString("nobody");
      answer(id, text(name + " " + params.path("requestState").asString("")));
    } else {
      answer(
          id,
          "{\"resultType\":\"input_required\",\"requestState\":\"s1\",\"inputRequests\":{\"who\":"
              + question
              + "}}");
    }
  }

  private static String list() {
    List<String> tools = new ArrayList<>();
    for (String name : NAMES) {
      tools.add(
          "{\"name\":\""
              + name
              + "\",\"description\":\"The tool "
              + name
              + ".\",\"inputSchema\":{\"type\":\"object\"}}");
    }
    return "{\"tools\":[" + String.join(",", tools) + "]}";
  }

  private static String text(String text) {
    ObjectNode result = RpcJson.object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    return result.toString();
  }

  private static void answer(JsonNode id, String result) {
    OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
  }

  private static void error(JsonNode id, int code) {
    OUT.println(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"error\":{\"code\":"
            + code
            + ",\"message\":\"refused\"}}");
  }
}
