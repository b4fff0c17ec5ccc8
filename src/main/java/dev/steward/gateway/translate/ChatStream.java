// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's stream as the chunks of an OpenAI chat completion.
final class ChatStream implements Answers.Stream {
  private final long created;
  private final boolean usageAsked;
  private final StringBuilder out = new StringBuilder();
  private final ObjectNode usage = JSON.createObjectNode();
  private final Map<Integer, Call> calls = new HashMap<>();
  private String id = "";
  private String model = "";
  private boolean finished;
  private boolean closed;

  ChatStream(long created, boolean usageAsked) {
    this.created = created;
    this.usageAsked = usageAsked;
  }

  /// A call of a tool that is being said.
  private static final class Call {
    private final int number;
    private final JsonNode input;
    private boolean said;

    Call(int number, JsonNode input) {
      this.number = number;
      this.input = input;
    }
  }

  @Override
  public byte[] event(String name, byte[] data) {
    JsonNode event = ChatAnswers.tree(data);
    if (closed) {
      return flush();
    }
    if (!event.isObject()) {
      return failed("The provider sent an event that cannot be read.");
    }
    switch (event.path("type").stringValue(name)) {
      case "message_start" -> start(event.path("message"));
      case "content_block_start" ->
          block(event.path("index").intValue(0), event.path("content_block"));
      case "content_block_delta" -> delta(event.path("index").intValue(0), event.path("delta"));
      case "content_block_stop" -> stop(event.path("index").intValue(0));
      case "message_delta" -> finish(event);
      case "message_stop" -> {
        return end();
      }
      case "error" -> {
        JsonNode error = event.path("error");
        fail(
            error.path("type").stringValue(""),
            error.path("message").stringValue("The provider failed."));
      }
      default -> {}
    }
    return flush();
  }

  private void start(JsonNode message) {
    id = message.path("id").stringValue("");
    model = message.path("model").stringValue("");
    count(message.path("usage"));
    chunk(delta().put("role", "assistant").put("content", ""), "");
  }

  private static ObjectNode delta() {
    return JSON.createObjectNode();
  }

  private void block(int index, JsonNode block) {
    switch (block.path("type").stringValue("")) {
      case "text" -> text(block.path("text").stringValue(""));
      case "tool_use" -> {
        Call call = new Call(calls.size(), block.path("input"));
        calls.put(index, call);
        ObjectNode delta = delta();
        ObjectNode said = delta.putArray("tool_calls").addObject().put("index", call.number);
        said.put("id", block.path("id").stringValue("")).put("type", "function");
        said.putObject("function")
            .put("name", block.path("name").stringValue(""))
            .put("arguments", "");
        chunk(delta, "");
      }
      default -> {}
    }
  }

  private void delta(int index, JsonNode delta) {
    switch (delta.path("type").stringValue("")) {
      case "text_delta" -> text(delta.path("text").stringValue(""));
      case "input_json_delta" -> {
        Call call = calls.get(index);
        if (call != null) {
          arguments(call, delta.path("partial_json").stringValue(""));
        }
      }
      default -> {}
    }
  }

  /// A tool without arguments is called with {}: OpenAI's clients parse what they got.
  private void stop(int index) {
    Call call = calls.get(index);
    if (call != null && !call.said) {
      arguments(call, call.input.isObject() ? call.input.toString() : "{}");
    }
  }

  private void arguments(Call call, String part) {
    if (!part.isEmpty()) {
      call.said = true;
      ObjectNode delta = delta();
      ObjectNode said = delta.putArray("tool_calls").addObject().put("index", call.number);
      said.putObject("function").put("arguments", part);
      chunk(delta, "");
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      chunk(delta().put("content", text), "");
    }
  }

  private void finish(JsonNode event) {
    count(event.path("usage"));
    String stop = event.path("delta").path("stop_reason").stringValue("");
    if (!stop.isEmpty() && !finished) {
      finished = true;
      chunk(delta(), ChatAnswers.finish(stop));
    }
  }

  /// The counts are cumulative: a later one replaces.
  private void count(JsonNode counts) {
    for (Map.Entry<String, JsonNode> entry : counts.properties()) {
      if (!entry.getValue().isNull()) {
        usage.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private void chunk(ObjectNode delta, String finish) {
    ObjectNode chunk = chunk();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs");
    if (finish.isEmpty()) {
      choice.putNull("finish_reason");
    } else {
      choice.put("finish_reason", finish);
    }
    if (usageAsked) {
      chunk.putNull("usage");
    }
    data(chunk);
  }

  private ObjectNode chunk() {
    ObjectNode chunk = JSON.createObjectNode().put("id", id).put("object", "chat.completion.chunk");
    return chunk.put("created", created).put("model", model);
  }

  private void data(JsonNode data) {
    out.append("data: ").append(data).append("\n\n");
  }

  @Override
  public byte[] end() {
    if (closed) {
      return flush();
    }
    if (!finished) {
      return failed("The provider ended its stream before the answer was complete.");
    }
    closed = true;
    if (usageAsked) {
      ObjectNode last = chunk();
      last.putArray("choices");
      last.set("usage", ChatAnswers.usage(usage));
      data(last);
    }
    out.append("data: [DONE]\n\n");
    return flush();
  }

  @Override
  public byte[] failed(String reason) {
    if (!closed) {
      fail("api_error", reason);
    }
    return flush();
  }

  private void fail(String type, String message) {
    closed = true;
    data(ChatAnswers.error(type, message));
  }

  private byte[] flush() {
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return bytes;
  }
}
