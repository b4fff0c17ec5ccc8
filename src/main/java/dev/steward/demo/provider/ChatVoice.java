// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.provider;

import dev.steward.demo.talk.Line;
import dev.steward.demo.talk.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's chat completions.
final class ChatVoice implements Voice {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public ObjectNode whole(Speech speech) {
    Line line = speech.line();
    ObjectNode answer = head(speech, "chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (line.calls()) {
      ObjectNode call = message.putNull("content").putArray("tool_calls").addObject();
      call.put("id", line.callId()).put("type", "function");
      call.putObject("function").put("name", line.tool()).put("arguments", line.words());
    } else {
      message.put("content", line.words());
    }
    choice.put("finish_reason", finish(line));
    answer.set("usage", usage(speech));
    return answer;
  }

  @Override
  public List<Event> opening(Speech speech) {
    Line line = speech.line();
    ObjectNode chunk = head(speech, "chat.completion.chunk");
    ObjectNode delta = delta(chunk).put("role", "assistant");
    if (line.calls()) {
      ObjectNode call = delta.putNull("content").putArray("tool_calls").addObject();
      call.put("index", 0).put("id", line.callId()).put("type", "function");
      call.putObject("function").put("name", line.tool()).put("arguments", "");
    } else {
      delta.put("content", "");
    }
    return List.of(Event.of(chunk));
  }

  @Override
  public Event piece(Speech speech, String piece) {
    ObjectNode chunk = head(speech, "chat.completion.chunk");
    ObjectNode delta = delta(chunk);
    if (speech.line().calls()) {
      ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
      call.putObject("function").put("arguments", piece);
    } else {
      delta.put("content", piece);
    }
    return Event.of(chunk);
  }

  @Override
  public List<Event> ending(Speech speech) {
    List<Event> events = new ArrayList<>();
    ObjectNode last = head(speech, "chat.completion.chunk");
    ObjectNode choice = last.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.put("finish_reason", finish(speech.line()));
    events.add(Event.of(last));
    if (speech.wantsUsage()) {
      ObjectNode usage = head(speech, "chat.completion.chunk");
      usage.putArray("choices");
      usage.set("usage", usage(speech));
      events.add(Event.of(usage));
    }
    events.add(new Event("", "[DONE]"));
    return events;
  }

  @Override
  public ObjectNode error(int status, String message) {
    ObjectNode body = JSON.createObjectNode();
    String type =
        switch (status) {
          case 401 -> "invalid_request_error";
          case 429 -> "rate_limit_exceeded";
          default -> "server_error";
        };
    body.putObject("error").put("message", message).put("type", type).putNull("code");
    return body;
  }

  private static ObjectNode head(Speech speech, String object) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-" + speech.id())
        .put("object", object)
        .put("model", ScriptedModel.versionOf(speech.model()));
  }

  private static ObjectNode delta(ObjectNode chunk) {
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    choice.putNull("finish_reason");
    return delta;
  }

  private static String finish(Line line) {
    return line.calls() ? "tool_calls" : "stop";
  }

  private static ObjectNode usage(Speech speech) {
    long output = speech.line().outputTokens();
    ObjectNode usage =
        JSON.createObjectNode()
            .put("prompt_tokens", speech.inputTokens())
            .put("completion_tokens", output)
            .put("total_tokens", speech.inputTokens() + output);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", speech.line().thinking());
    return usage;
  }
}
