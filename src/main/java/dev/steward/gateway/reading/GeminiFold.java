// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pieces of Gemini's answers, each a whole answer of its own; the last one's usage counts.
final class GeminiFold implements Fold {
  private final ObjectNode body = JsonMapper.shared().createObjectNode();
  private final Map<Integer, ObjectNode> candidates = new TreeMap<>();
  private @Nullable String error;

  @Override
  public void add(JsonNode piece) {
    if (piece.path("error").isObject()) {
      error = piece.path("error").path("message").asString(piece.path("error").toString());
      return;
    }
    for (String name :
        new String[] {"modelVersion", "responseId", "usageMetadata", "promptFeedback"}) {
      if (piece.has(name)) {
        body.set(name, piece.path(name));
      }
    }
    for (JsonNode candidate : piece.path("candidates")) {
      add(candidates.computeIfAbsent(candidate.path("index").asInt(0), i -> empty()), candidate);
    }
  }

  private static ObjectNode empty() {
    ObjectNode candidate = JsonMapper.shared().createObjectNode();
    candidate.putObject("content").put("role", "model").putArray("parts");
    return candidate;
  }

  private static void add(ObjectNode whole, JsonNode candidate) {
    if (candidate.path("finishReason").isString()) {
      whole.set("finishReason", candidate.path("finishReason"));
    }
    ArrayNode parts = whole.withObject("content").withArray("parts");
    for (JsonNode part : candidate.path("content").path("parts")) {
      JsonNode last = parts.isEmpty() ? part : parts.get(parts.size() - 1);
      if (!parts.isEmpty() && continues(last, part)) {
        ((ObjectNode) last)
            .put("text", last.path("text").asString("") + part.path("text").asString(""));
      } else {
        parts.add(part.deepCopy());
      }
    }
  }

  private static boolean continues(JsonNode last, JsonNode part) {
    return last.path("text").isString()
        && part.path("text").isString()
        && last.path("thought").asBoolean(false) == part.path("thought").asBoolean(false)
        && !part.has("thoughtSignature");
  }

  @Override
  public JsonNode body() {
    ArrayNode list = body.putArray("candidates");
    candidates.values().forEach(list::add);
    return body;
  }

  @Override
  public boolean ended() {
    return body.path("promptFeedback").has("blockReason")
        || (!candidates.isEmpty()
            && candidates.values().stream().allMatch(c -> c.has("finishReason")));
  }

  @Override
  public @Nullable String error() {
    return error;
  }
}
