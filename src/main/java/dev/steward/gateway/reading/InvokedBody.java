// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import dev.steward.gateway.wire.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A body of Bedrock's InvokeModel, which is in the form of the model's maker: messages of
/// Anthropic, chat completions, Converse's form, or one of the older forms of a text and counts.
final class InvokedBody {
  private InvokedBody() {}

  /// The operation that answers in the form of this body.
  static Operation form(JsonNode body) {
    if (body.path("type").asString("").equals("message") && body.path("content").isArray()) {
      return Operation.MESSAGES;
    }
    return body.path("choices").isArray() ? Operation.CHAT : Operation.CONVERSE;
  }

  /// The body in a form that is known; a text with its counts becomes Converse's.
  static JsonNode known(JsonNode body) {
    if (form(body) != Operation.CONVERSE || body.has("output") || body.has("message")) {
      return body;
    }
    JsonNode first =
        body.path("results").isArray()
            ? body.path("results").path(0)
            : body.path("generations").path(0);
    ObjectNode known = JsonMapper.shared().createObjectNode();
    String text = text(body, first);
    if (!text.isEmpty()) {
      known
          .putObject("output")
          .putObject("message")
          .put("role", "assistant")
          .putArray("content")
          .addObject()
          .put("text", text);
    }
    for (JsonNode from : new JsonNode[] {body, first}) {
      for (String name : new String[] {"stop_reason", "finish_reason", "completionReason"}) {
        if (from.path(name).isString()) {
          known.set("stopReason", from.path(name));
        }
      }
    }
    count(known, "inputTokens", body, "inputTextTokenCount", "prompt_token_count");
    count(known, "outputTokens", body, "totalOutputTextTokenCount", "generation_token_count");
    count(known, "outputTokens", first, "tokenCount");
    return known;
  }

  private static String text(JsonNode body, JsonNode first) {
    for (JsonNode from : new JsonNode[] {body, first}) {
      for (String name : new String[] {"outputText", "generation", "text", "completion"}) {
        if (from.path(name).isString()) {
          return from.path(name).stringValue();
        }
      }
    }
    return "";
  }

  private static void count(ObjectNode known, String as, JsonNode from, String... names) {
    for (String name : names) {
      if (from.path(name).isIntegralNumber()) {
        known.withObject("usage").set(as, from.path(name));
      }
    }
  }
}
