// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a model said, as an official client understood it.
record Said(String text, List<Call> calls) {

  /// One call of a tool.
  record Call(String id, String name, JsonNode arguments) {}

  static Said of(ChatCompletion completion) {
    ChatCompletionMessage message = completion.choices().get(0).message();
    List<Call> calls = new ArrayList<>();
    for (ChatCompletionMessageToolCall call : message.toolCalls().orElse(List.of())) {
      String arguments = call.asFunction().function().arguments();
      calls.add(
          new Call(
              call.asFunction().id(),
              call.asFunction().function().name(),
              Fields.JSON.readTree(arguments.isEmpty() ? "{}" : arguments)));
    }
    return new Said(message.content().orElse("") + message.refusal().orElse(""), calls);
  }

  /// An answer of a server that is only compatible: OpenAI's own client may not read it.
  static Said ofCompatible(JsonNode completion) {
    JsonNode message = completion.path("choices").path(0).path("message");
    List<Call> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new Call(
              call.path("id").stringValue(),
              function.path("name").stringValue(),
              Fields.JSON.readTree(function.path("arguments").stringValue())));
    }
    return new Said(message.path("content").stringValue(""), calls);
  }

  static Said of(Message message) {
    StringBuilder text = new StringBuilder();
    List<Call> calls = new ArrayList<>();
    for (ContentBlock block : message.content()) {
      block.text().ifPresent(t -> text.append(t.text()));
      block
          .toolUse()
          .ifPresent(u ->
              calls.add(
                  new Call(
                      u.id(),
                      u.name(),
                      Fields.JSON.readTree(
                          com.anthropic.core.ObjectMappers.jsonMapper()
                              .valueToTree(u._input())
                              .toString()))));
    }
    return new Said(text.toString(), calls);
  }
}
