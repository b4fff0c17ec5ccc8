// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Frames of Bedrock's InvokeModelWithResponseStream: each holds one event of the model's maker,
/// and the last one Bedrock's own counts.
final class InvokeFold implements Fold {
  private static final String METRICS = "amazon-bedrock-invocationMetrics";
  private static final byte[] NONE = {};

  private final StringBuilder text = new StringBuilder();
  private ObjectNode plain = JsonMapper.shared().createObjectNode();
  private @Nullable AnthropicFold messages;
  private @Nullable ChatFold chat;
  private @Nullable BedrockFold converse;
  private @Nullable JsonNode metrics;
  private @Nullable String error;

  /// The event in a frame's payload.
  static byte[] bytes(JsonNode payload) {
    String encoded = payload.path("bytes").asString("");
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException _) {
      return NONE;
    }
  }

  void failed(Map<String, String> headers, JsonNode payload) {
    String type = headers.getOrDefault(":exception-type", "exception");
    error = type + ": " + payload.path("message").asString("");
  }

  @Override
  public void add(JsonNode event) {
    if (event.path(METRICS).isObject()) {
      metrics = event.path(METRICS);
    }
    if (event.path("type").isString()) {
      messages = messages == null ? new AnthropicFold() : messages;
      messages.add(event);
    } else if (event.path("choices").isArray()) {
      chat = chat == null ? new ChatFold() : chat;
      chat.add(event);
    } else if (event instanceof ObjectNode object && BedrockFold.NAMES.contains(first(object))) {
      BedrockFold fold = converse == null ? new BedrockFold() : converse;
      converse = fold;
      fold.add(Map.of(":event-type", first(object)), object.path(first(object)));
    } else if (event instanceof ObjectNode object) {
      plain = object.deepCopy();
      for (String name : new String[] {"outputText", "generation", "text", "completion"}) {
        text.append(object.path(name).asString(""));
      }
    }
  }

  private static String first(ObjectNode event) {
    return event.isEmpty() ? "" : event.propertyNames().iterator().next();
  }

  @Override
  public JsonNode body() {
    if (messages != null) {
      return messages.body();
    }
    JsonNode body = chat != null ? chat.body() : converse != null ? converse.body() : told();
    boolean told = chat != null || converse != null;
    if (metrics != null && !(told && body.has("usage")) && body instanceof ObjectNode object) {
      ObjectNode usage = object.putObject("usage");
      usage.set("inputTokens", metrics.path("inputTokenCount"));
      usage.set("outputTokens", metrics.path("outputTokenCount"));
    }
    return body;
  }

  private JsonNode told() {
    if (!text.isEmpty()) {
      plain.put("outputText", text.toString());
    }
    return InvokedBody.known(plain);
  }

  @Override
  public boolean ended() {
    return metrics != null
        || (messages != null && messages.ended())
        || (chat != null && chat.ended())
        || (converse != null && converse.ended());
  }

  @Override
  public @Nullable String error() {
    return error == null && messages != null ? messages.error() : error;
  }
}
