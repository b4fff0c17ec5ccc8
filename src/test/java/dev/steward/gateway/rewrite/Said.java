// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.reading.AnswerReader;
import dev.steward.gateway.reading.Answered;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an agent reads in an answer: the calls in it, and the words. It is read by the reader of
/// answers, which knows nothing of rulings.
record Said(Answered answered, List<Called> calls, String words) {

  /// A tool call.
  record Called(String id, String name, JsonNode arguments) {}

  static Said in(RecordedCall recorded, byte[] body) {
    Answered answered = AnswerReader.read(recorded.operation(), recorded.framing(), body);
    List<Called> calls = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    if (!answered.messages().isEmpty()) {
      for (JsonNode message : JsonMapper.shared().readTree(answered.messages())) {
        message(message, calls, words);
      }
    }
    return new Said(answered, calls, words.toString());
  }

  private static void message(JsonNode message, List<Called> calls, StringBuilder words) {
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new Called(
              call.path("id").asString(""),
              function.path("name").asString(""),
              read(function.path("arguments"))));
    }
    if (message.path("type").asString("").equals("function_call")) {
      calls.add(
          new Called(
              message.path("call_id").asString(""),
              message.path("name").asString(""),
              read(message.path("arguments"))));
    }
    if (message.path("content").isString()) {
      words.append(message.path("content").stringValue());
    }
    for (String list : new String[] {"content", "parts"}) {
      if (message.path(list).isArray()) {
        for (JsonNode block : message.path(list)) {
          block(block, calls, words);
        }
      }
    }
  }

  private static void block(JsonNode block, List<Called> calls, StringBuilder words) {
    words.append(block.path("text").asString(""));
    if (block.path("type").asString("").equals("tool_use")) {
      calls.add(
          new Called(
              block.path("id").asString(""), block.path("name").asString(""), block.path("input")));
    }
    JsonNode use = block.path("toolUse");
    if (use.isObject()) {
      calls.add(
          new Called(
              use.path("toolUseId").asString(""),
              use.path("name").asString(""),
              use.path("input")));
    }
    JsonNode function = block.path("functionCall");
    if (function.isObject()) {
      calls.add(
          new Called(
              function.path("id").asString(""),
              function.path("name").asString(""),
              function.path("args")));
    }
  }

  private static JsonNode read(JsonNode arguments) {
    return JsonMapper.shared().readTree(arguments.asString(""));
  }
}
