// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server of both eras with three tools: `echo` answers at once, `wait` tells its progress
/// and answers when the test lets it, `ask` asks its client before it answers.
final class ScriptedTools implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final ScriptedProvider http = new ScriptedProvider();
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> unasked = new LinkedBlockingQueue<>();
  final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();

  /// Down when `wait` may answer.
  final CountDownLatch go = new CountDownLatch(1);

  /// Down when `wait` was called.
  final CountDownLatch waiting = new CountDownLatch(1);

  /// Down when the gateway closed the connection of `wait`.
  final CountDownLatch left = new CountDownLatch(1);

  volatile boolean breaksOff;

  /// Whether calls are heard, and not answered before the test lets them.
  volatile boolean mute;

  volatile boolean down;

  /// What becomes of `echo` as a task, "" where it answers at once.
  volatile String taskResult = "";

  /// Whether it lists its tools on two pages.
  volatile boolean pages;

  /// What it says of `echo` beside, such as `"annotations":{"readOnlyHint":true},`.
  volatile String hints = "";

  /// What `ask` asks its client.
  volatile String question =
      "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Which?\"}}";

  /// What `ask` asks a modern client beside, "" for nothing.
  volatile String second = "";

  /// Whether modern clients may subscribe; it tells only of the resource `a:b` and of tasks.
  volatile boolean subscribable;

  /// The method that it does not know, "" for none.
  volatile String unknown = "";

  /// What it says of itself.
  volatile String capabilities = "{\"tools\":{}}";

  ScriptedTools() {
    http.always(this::answer);
  }

  String url() {
    return http.url() + "/mcp";
  }

  List<Received> received() {
    return http.received();
  }

  /// The last request of that method.
  Received last(String method) {
    for (Received each : received().reversed()) {
      if (each.body().length > 0
          && RpcJson.read(each.body()).path("method").asString("").equals(method)) {
        return each;
      }
    }
    throw new AssertionError("there was no " + method);
  }

  /// Says something that was not asked for.
  void say(String method) {
    say(method, "{}");
  }

  void say(String method, String params) {
    unasked.add("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
  }

  private void answer(Received request, OutputStream out) throws IOException, InterruptedException {
    if (down) {
      throw new ScriptedProvider.Reset();
    }
    switch (request.method()) {
      case "GET" -> listen(request, out);
      case "DELETE" -> ScriptedProvider.whole(out, 200, JSON, new byte[0]);
      default -> {
        ObjectNode message = (ObjectNode) RpcJson.read(request.body());
        if (!message.has("method")) {
          answers.add(message);
          ScriptedProvider.whole(out, 202, JSON, new byte[0]);
        } else if (!message.has("id")) {
          told.add(message);
          ScriptedProvider.whole(out, 202, JSON, new byte[0]);
        } else {
          answer(message, request, out);
        }
      }
    }
  }

  private void answer(ObjectNode message, Received request, OutputStream out)
      throws IOException, InterruptedException {
    JsonNode id = message.path("id");
    if (message.path("method").asString("").equals(unknown)) {
      String error =
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + id
              + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}";
      ScriptedProvider.whole(out, 200, JSON, error.getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (subscribable && message.path("method").asString("").equals("subscriptions/listen")) {
      subscribed(message, out);
      return;
    }
    switch (message.path("method").asString("")) {
      case "initialize" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(
                  id,
                  """
                  {"protocolVersion":"2025-11-25","capabilities":%s,"serverInfo":{"name":"scripted","version":"1"}}\
                  """
                      .formatted(capabilities)),
              "Mcp-Session-Id: upstream-session");
      case "server/discover" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(
                  id,
                  """
                  {"supportedVersions":["2026-07-28"],"capabilities":%s}\
                  """
                      .formatted(capabilities)));
      case "tools/list" -> ScriptedProvider.whole(out, 200, JSON, result(id, list(message)));
      case "tools/call" -> call(message, request, out);
      case "resources/read" ->
          ScriptedProvider.whole(
              out, 200, JSON, result(id, "{\"contents\":[{\"uri\":\"a:b\",\"text\":\"t\"}]}"));
      case "tasks/get" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(
                  id,
                  "{\"taskId\":\"t1\",\"status\":\"completed\",\"result\":" + taskResult + "}"));
      case "tasks/result" -> ScriptedProvider.whole(out, 200, JSON, result(id, taskResult));
      case "tasks/cancel" ->
          ScriptedProvider.whole(out, 200, JSON, result(id, "{\"taskId\":\"t1\"}"));
      case "resources/list" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(
                  id,
                  "{\"resources\":[{\"uri\":\"a:b\",\"name\":\"b\"},{\"uri\":\"a:secret\",\"name\":\"s\"}]}"));
      case "prompts/list" ->
          ScriptedProvider.whole(
              out, 200, JSON, result(id, "{\"prompts\":[{\"name\":\"greet\"}]}"));
      case "resources/templates/list" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(id, "{\"resourceTemplates\":[{\"uriTemplate\":\"a:{x}\",\"name\":\"all\"}]}"));
      case "resources/subscribe", "resources/unsubscribe", "logging/setLevel" ->
          ScriptedProvider.whole(out, 200, JSON, result(id, "{}"));
      case "prompts/get" ->
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(
                  id,
                  "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Hello.\"}}]}"));
      case "completion/complete" ->
          ScriptedProvider.whole(
              out, 200, JSON, result(id, "{\"completion\":{\"values\":[\"x\"]}}"));
      default ->
          ScriptedProvider.whole(
              out,
              404,
              JSON,
              ("{\"jsonrpc\":\"2.0\",\"id\":"
                      + id
                      + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}")
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  private void subscribed(ObjectNode message, OutputStream out)
      throws IOException, InterruptedException {
    ObjectNode filter = (ObjectNode) message.at("/params/notifications").deepCopy();
    if (filter.has("resourceSubscriptions")) {
      filter.set("resourceSubscriptions", RpcJson.array(List.of("a:b")));
    }
    ScriptedProvider.head(out, 200, EVENTS, "Transfer-Encoding: chunked");
    event(
        out,
        "",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"notifications\":"
            + filter
            + "}}");
    while (true) {
      event(out, "", unasked.take());
    }
  }

  private void call(ObjectNode message, Received request, OutputStream out)
      throws IOException, InterruptedException {
    JsonNode id = message.path("id");
    JsonNode params = message.path("params");
    if (mute) {
      waiting.countDown();
      go.await();
    }
    switch (params.path("name").asString("")) {
      case "echo" -> {
        if (taskResult.isEmpty()) {
          ScriptedProvider.whole(
              out,
              200,
              JSON,
              result(id, content(params.path("arguments").path("text").asString())));
          return;
        }
        ScriptedProvider.whole(
            out,
            200,
            JSON,
            result(
                id,
                params.path("_meta").has("io.modelcontextprotocol/protocolVersion")
                    ? "{\"resultType\":\"task\",\"taskId\":\"t1\",\"status\":\"working\"}"
                    : "{\"task\":{\"taskId\":\"t1\",\"status\":\"working\"}}"));
      }
      case "wait" -> {
        ScriptedProvider.head(out, 200, EVENTS, "Transfer-Encoding: chunked");
        event(
            out,
            "1",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"p\",\"progress\":1}}");
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (request.rest().read() < 0) {
                  left.countDown();
                }
              } catch (IOException _) {
                left.countDown();
              }
            });
        waiting.countDown();
        if (breaksOff) {
          out.close();
          return;
        }
        go.await();
        finish(out, "2", result(id, content("waited")));
      }
      case "ask" -> {
        if (params.path("_meta").has("io.modelcontextprotocol/protocolVersion")) {
          ScriptedProvider.whole(out, 200, JSON, result(id, required(params)));
          return;
        }
        ScriptedProvider.head(out, 200, EVENTS, "Transfer-Encoding: chunked");
        event(out, "1", "{\"jsonrpc\":\"2.0\",\"id\":7," + question.substring(1));
        JsonNode answer = answers.take();
        finish(
            out,
            "2",
            result(
                id,
                content(
                    answer.path("id")
                        + " "
                        + answer.path("result").path("action").asString("")
                        + answer.path("error").path("message").asString(""))));
      }
      default -> throw new IOException("there is no tool " + params.path("name"));
    }
  }

  private String required(JsonNode params) {
    if (params.path("inputResponses").has("q")) {
      return content("given " + params.path("inputResponses").path("q"));
    }
    return "{\"resultType\":\"input_required\",\"requestState\":\"state\",\"inputRequests\":{\"q\":"
        + question
        + (second.isEmpty() ? "" : ",\"q2\":" + second)
        + "}}";
  }

  private void listen(Received request, OutputStream out) throws IOException, InterruptedException {
    ScriptedProvider.head(out, 200, EVENTS, "Transfer-Encoding: chunked");
    if (request.headers().containsKey("last-event-id")) {
      go.await();
      finish(out, "9", result(RpcJson.read("5"), content("went on")));
      return;
    }
    while (true) {
      event(out, "", unasked.take());
    }
  }

  private static void finish(OutputStream out, String id, byte[] message) throws IOException {
    event(out, id, new String(message, StandardCharsets.UTF_8));
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void event(OutputStream out, String id, String data) throws IOException {
    ScriptedProvider.chunk(
        out,
        ((id.isEmpty() ? "" : "id: " + id + "\nretry: 10\n") + "data: " + data + "\n\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String content(String text) {
    ObjectNode result = RpcJson.object();
    ArrayNode content = result.putArray("content");
    content.addObject().put("type", "text").put("text", text);
    if (text.startsWith("see ")) {
      content.addObject().put("type", "resource_link").put("uri", text.substring(4));
    }
    result.put("unknown", 1);
    return result.toString();
  }

  static String list() {
    ObjectNode result = RpcJson.object();
    ArrayNode tools = result.putArray("tools");
    for (String name : List.of("echo", "wait", "ask", "hidden")) {
      ObjectNode tool = tools.addObject().put("name", name);
      tool.put("description", "The tool " + name + ".");
      tool.putObject("inputSchema").put("type", "object");
    }
    return result.toString();
  }

  private String list(ObjectNode message) {
    String all = list().replace("{\"name\":\"echo\",", "{\"name\":\"echo\"," + hints);
    if (!pages) {
      return all;
    }
    boolean first = !message.path("params").has("cursor");
    ObjectNode page = (ObjectNode) RpcJson.read(all);
    ArrayNode tools = (ArrayNode) page.path("tools");
    for (int i = 0; i < 2; i++) {
      tools.remove(first ? tools.size() - 1 : 0);
    }
    if (first) {
      page.put("nextCursor", "the-second");
    }
    return page.toString();
  }

  private static byte[] result(JsonNode id, String result) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
