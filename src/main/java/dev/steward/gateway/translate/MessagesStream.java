// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The chunks of an OpenAI chat completion as Anthropic's stream. Blocks follow one another there,
/// so one is open at a time.
final class MessagesStream implements Answers.Stream {
  private static final int NONE = -1;
  private static final int TEXT = -2;

  private final StringBuilder out = new StringBuilder();

  /// The id of each call by its number in the chunks.
  private final Map<Integer, String> calls = new HashMap<>();

  private JsonNode usage = MissingNode.getInstance();
  private String id = "";
  private String finish = "";
  private boolean refused;
  private boolean started;
  private boolean closed;

  /// TEXT, the number of a call, or NONE.
  private int open = NONE;

  private int blocks;

  @Override
  public byte[] event(String name, byte[] data) {
    if (closed) {
      return flush();
    }
    if (new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]")) {
      return end();
    }
    JsonNode chunk = ChatAnswers.tree(data);
    if (!chunk.isObject()) {
      return failed("The provider sent a chunk that cannot be read.");
    }
    JsonNode error = chunk.path("error");
    if (error.isObject() || error.isString()) {
      fail(MessagesAnswers.type(error), MessagesAnswers.reason(chunk));
    } else {
      read(chunk);
    }
    return flush();
  }

  private void read(JsonNode chunk) {
    if (chunk.path("usage").isObject()) {
      usage = chunk.path("usage");
    }
    JsonNode choice = chunk.path("choices").path(0);
    if (choice.isObject()) {
      start(chunk);
      JsonNode delta = choice.path("delta");
      say(delta.path("content").stringValue(""));
      String refusal = delta.path("refusal").stringValue("");
      refused |= !refusal.isEmpty();
      say(refusal);
      for (JsonNode call : delta.path("tool_calls")) {
        if (!closed) {
          call(call);
        }
      }
      String reason = choice.path("finish_reason").stringValue("");
      finish = reason.isEmpty() ? finish : reason;
    }
    // The usage may follow the reason in a chunk of its own, or come with it.
    if (!closed && !finish.isEmpty() && usage.isObject()) {
      close();
    }
  }

  private void start(JsonNode chunk) {
    if (started) {
      return;
    }
    started = true;
    id = chunk.path("id").stringValue("");
    ObjectNode event = JSON.createObjectNode().put("type", "message_start");
    ObjectNode message = MessagesAnswers.empty(chunk);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    // Nothing is counted yet; message_delta gives the cumulative counts.
    message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
    send(event.set("message", message));
  }

  private void say(String text) {
    if (!text.isEmpty()) {
      if (open != TEXT) {
        open(TEXT, JSON.createObjectNode().put("type", "text").put("text", ""));
      }
      delta(JSON.createObjectNode().put("type", "text_delta").put("text", text));
    }
  }

  private void call(JsonNode call) {
    String given = call.path("id").stringValue("");
    int number = number(call, given);
    if (!calls.containsKey(number)) {
      String name = call.path("function").path("name").stringValue("");
      if (name.isEmpty()) {
        fail("api_error", "The provider began the call of a tool without its name.");
        return;
      }
      String callId = given.isEmpty() ? id.replaceAll("[^a-zA-Z0-9_-]", "") + "_" + number : given;
      calls.put(number, callId);
      ObjectNode block = JSON.createObjectNode().put("type", "tool_use").put("id", callId);
      block.put("name", name).putObject("input");
      open(number, block);
    }
    String part = call.path("function").path("arguments").stringValue("");
    if (part.isEmpty()) {
      return;
    }
    if (open != number) {
      fail("api_error", "The provider went on with a call of a tool that was over.");
      return;
    }
    delta(JSON.createObjectNode().put("type", "input_json_delta").put("partial_json", part));
  }

  /// Some servers give no index, or the same one to every call: then the id tells calls apart.
  private int number(JsonNode call, String given) {
    if (given.isEmpty()) {
      return call.path("index").intValue(Math.max(open, 0));
    }
    for (Map.Entry<Integer, String> known : calls.entrySet()) {
      if (known.getValue().equals(given)) {
        return known.getKey();
      }
    }
    int index = call.path("index").intValue(calls.size());
    return calls.containsKey(index) ? calls.size() : index;
  }

  private void open(int what, ObjectNode block) {
    closeBlock();
    open = what;
    ObjectNode event = JSON.createObjectNode().put("type", "content_block_start");
    event.put("index", blocks).set("content_block", block);
    send(event);
  }

  private void closeBlock() {
    if (open != NONE) {
      send(JSON.createObjectNode().put("type", "content_block_stop").put("index", blocks));
      blocks++;
      open = NONE;
    }
  }

  private void delta(ObjectNode delta) {
    ObjectNode event = JSON.createObjectNode().put("type", "content_block_delta");
    event.put("index", blocks).set("delta", delta);
    send(event);
  }

  private void close() {
    closeBlock();
    ObjectNode event = JSON.createObjectNode().put("type", "message_delta");
    String stop = refused ? "refusal" : MessagesAnswers.stop(finish, !calls.isEmpty());
    event.putObject("delta").put("stop_reason", stop).putNull("stop_sequence");
    // Anthropic's clients break off a stream that does not end with a number.
    event.set(
        "usage",
        usage.isObject()
            ? MessagesAnswers.usage(usage)
            : JSON.createObjectNode().put("output_tokens", 0));
    send(event);
    send(JSON.createObjectNode().put("type", "message_stop"));
    closed = true;
  }

  private void send(JsonNode event) {
    out.append("event: ").append(event.path("type").stringValue(""));
    out.append("\ndata: ").append(event).append("\n\n");
  }

  @Override
  public byte[] end() {
    if (!closed && finish.isEmpty()) {
      return failed("The provider ended its stream before the answer was complete.");
    }
    if (!closed) {
      close();
    }
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
    ObjectNode event =
        MessagesAnswers.error(type, message.isEmpty() ? "The provider failed." : message);
    send(event);
  }

  private byte[] flush() {
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return bytes;
  }
}
