// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server over HTTP that offers recorded tools, and answers each call of the task that is
/// played with its recorded result, once.
final class RecordedTools implements AutoCloseable {
  private final ScriptedProvider http = new ScriptedProvider();
  private final List<ObjectNode> definitions;
  private final List<AgentDojo.Made> left = new ArrayList<>();
  private int called;

  RecordedTools(List<ObjectNode> definitions) {
    this.definitions = List.copyOf(definitions);
    http.always(this::answer);
  }

  String url() {
    return http.url() + "/mcp";
  }

  /// What it answers from now on.
  synchronized void plays(AgentDojo.Task task) {
    left.clear();
    left.addAll(task.calls());
  }

  /// How many calls reached it.
  synchronized int called() {
    return called;
  }

  private void answer(Received request, OutputStream out) throws IOException {
    JsonNode message = RpcJson.read(request.body());
    ObjectNode answer = RpcJson.object().put("jsonrpc", "2.0");
    answer.set("id", message.path("id"));
    int status = 200;
    switch (message.path("method").asString("")) {
      case "server/discover" -> {
        ObjectNode result = answer.putObject("result").put("resultType", "complete");
        result.putArray("supportedVersions").add("2026-07-28");
        result.putObject("capabilities").putObject("tools");
      }
      case "tools/list" -> {
        ObjectNode result = answer.putObject("result").put("resultType", "complete");
        result.putArray("tools").addAll(definitions);
      }
      case "tools/call" -> answer.set("result", called(message.path("params")));
      default -> {
        status = 404;
        answer.putObject("error").put("code", -32601).put("message", "Method not found");
      }
    }
    ScriptedProvider.whole(out, status, "application/json", RpcJson.bytes(answer));
  }

  private synchronized ObjectNode called(JsonNode params) {
    called++;
    ObjectNode result = RpcJson.object().put("resultType", "complete");
    ObjectNode text = result.putArray("content").addObject().put("type", "text");
    for (Iterator<AgentDojo.Made> calls = left.iterator(); calls.hasNext(); ) {
      AgentDojo.Made made = calls.next();
      if (made.tool().equals(params.path("name").asString(""))
          && made.arguments().equals(params.path("arguments"))) {
        calls.remove();
        text.put("text", made.result());
        return result;
      }
    }
    text.put("text", "there is no such recorded call");
    return result.put("isError", true);
  }

  @Override
  public void close() {
    http.close();
  }
}
