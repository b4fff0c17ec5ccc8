// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.provider;

import dev.steward.demo.talk.Line;
import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages.
final class MessagesVoice implements Voice {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public ObjectNode whole(Speech speech) {
    Line line = speech.line();
    ObjectNode message = head(speech);
    ObjectNode block = message.putArray("content").addObject();
    if (line.calls()) {
      block.put("type", "tool_use").put("id", line.callId()).put("name", line.tool());
      block.set("input", JSON.readTree(line.words()));
    } else {
      block.put("type", "text").put("text", line.words());
    }
    message.put("stop_reason", stop(line)).putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", speech.inputTokens())
        .put("output_tokens", line.outputTokens());
    return message;
  }

  @Override
  public List<Event> opening(Speech speech) {
    Line line = speech.line();
    ObjectNode start = event("message_start");
    ObjectNode message = head(speech);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.putObject("usage").put("input_tokens", speech.inputTokens()).put("output_tokens", 1);
    start.set("message", message);
    ObjectNode begun = event("content_block_start").put("index", 0);
    ObjectNode block = begun.putObject("content_block");
    if (line.calls()) {
      block.put("type", "tool_use").put("id", line.callId()).put("name", line.tool());
      block.putObject("input");
    } else {
      block.put("type", "text").put("text", "");
    }
    return List.of(Event.named(start), Event.named(begun));
  }

  @Override
  public Event piece(Speech speech, String piece) {
    ObjectNode delta = event("content_block_delta").put("index", 0);
    if (speech.line().calls()) {
      delta.putObject("delta").put("type", "input_json_delta").put("partial_json", piece);
    } else {
      delta.putObject("delta").put("type", "text_delta").put("text", piece);
    }
    return Event.named(delta);
  }

  @Override
  public List<Event> ending(Speech speech) {
    ObjectNode last = event("message_delta");
    last.putObject("delta").put("stop_reason", stop(speech.line())).putNull("stop_sequence");
    last.putObject("usage").put("output_tokens", speech.line().outputTokens());
    return List.of(
        Event.named(event("content_block_stop").put("index", 0)),
        Event.named(last),
        Event.named(event("message_stop")));
  }

  @Override
  public ObjectNode error(int status, String message) {
    ObjectNode body = event("error");
    String type =
        switch (status) {
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          case 529 -> "overloaded_error";
          default -> "api_error";
        };
    body.putObject("error").put("type", type).put("message", message);
    return body;
  }

  private static ObjectNode head(Speech speech) {
    return event("message")
        .put("id", "msg_" + speech.id())
        .put("role", "assistant")
        .put("model", ScriptedModel.versionOf(speech.model()));
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static String stop(Line line) {
    return line.calls() ? "tool_use" : "end_turn";
  }
}
