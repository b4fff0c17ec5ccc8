// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Events of Gemini's interactions: steps bit by bit, and at the end the interaction with its
/// usage. The answer is told in the form of generateContent.
final class InteractionFold implements Fold {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, String> COUNTS =
      Map.of(
          "total_input_tokens", "promptTokenCount",
          "total_output_tokens", "candidatesTokenCount",
          "total_thought_tokens", "thoughtsTokenCount",
          "total_cached_tokens", "cachedContentTokenCount",
          "total_tool_use_tokens", "toolUsePromptTokenCount",
          "total_tokens", "totalTokenCount");

  private final Map<Integer, StringBuilder> texts = new TreeMap<>();
  private JsonNode interaction = JSON.createObjectNode();
  private boolean ended;
  private @Nullable String error;

  @Override
  public void add(JsonNode event) {
    String type = event.path("event_type").asString("");
    if (event.path("interaction").isObject()) {
      interaction = event.path("interaction");
      ended = !type.equals("interaction.created");
    } else if (event.path("error").isObject()) {
      error = event.path("error").path("message").asString(event.path("error").toString());
    } else if (event.path("delta").path("text").isString()) {
      texts
          .computeIfAbsent(event.path("index").asInt(0), i -> new StringBuilder())
          .append(event.path("delta").path("text").stringValue());
    }
  }

  @Override
  public JsonNode body() {
    ArrayNode parts = JSON.createArrayNode();
    texts.values().forEach(text -> parts.addObject().put("text", text.toString()));
    return told(interaction, parts);
  }

  /// A whole interaction in the form of generateContent.
  static JsonNode known(JsonNode interaction) {
    if (interaction.has("error")) {
      return interaction;
    }
    ArrayNode parts = JSON.createArrayNode();
    for (String list : new String[] {"outputs", "steps"}) {
      interaction.path(list).forEach(parts::add);
    }
    return told(interaction, parts);
  }

  private static ObjectNode told(JsonNode interaction, ArrayNode parts) {
    ObjectNode body = JSON.createObjectNode();
    body.set("modelVersion", interaction.path("model"));
    body.set("responseId", interaction.path("id"));
    interaction
        .path("usage")
        .forEachEntry((name, count) -> {
          String as = COUNTS.get(name);
          if (as != null) {
            body.withObject("usageMetadata").set(as, count);
          }
        });
    if (!parts.isEmpty()) {
      ObjectNode candidate = body.putArray("candidates").addObject();
      candidate.putObject("content").put("role", "model").set("parts", parts);
      candidate.set("finishReason", interaction.path("status"));
    }
    return body;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public @Nullable String error() {
    return error;
  }
}
