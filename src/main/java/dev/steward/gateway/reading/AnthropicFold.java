// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Events of Anthropic messages. Usage in a later event replaces what was said before; it is
/// cumulative.
final class AnthropicFold implements Fold {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ObjectNode body = JSON.createObjectNode();
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private boolean ended;
  private @Nullable String error;

  @Override
  public void add(JsonNode event) {
    int index = event.path("index").asInt(0);
    switch (event.path("type").asString("")) {
      case "message_start" -> {
        if (event.path("message") instanceof ObjectNode message) {
          body = message.deepCopy();
        }
      }
      case "content_block_start" -> {
        if (event.path("content_block") instanceof ObjectNode block) {
          blocks.put(index, new Block(block.deepCopy()));
        }
      }
      case "content_block_delta" ->
          blocks
              .computeIfAbsent(index, i -> new Block(JSON.createObjectNode().put("type", "text")))
              .add(event.path("delta"));
      case "message_delta" -> {
        event.path("delta").forEachEntry(body::set);
        event.path("usage").forEachEntry(body.withObject("usage")::set);
      }
      case "message_stop" -> ended = true;
      case "error" ->
          error = event.path("error").path("message").asString(event.path("error").toString());
      default -> {
        // A ping, or what is not known yet.
      }
    }
  }

  @Override
  public JsonNode body() {
    ArrayNode content = body.putArray("content");
    blocks.values().forEach(block -> content.add(block.whole()));
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

  /// One content block with what its deltas add.
  private static final class Block {
    private final ObjectNode start;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder input = new StringBuilder();

    private Block(ObjectNode start) {
      this.start = start;
      text.append(start.path("text").asString(""));
      thinking.append(start.path("thinking").asString(""));
    }

    private void add(JsonNode delta) {
      text.append(delta.path("text").asString(""));
      thinking.append(delta.path("thinking").asString(""));
      input.append(delta.path("partial_json").asString(""));
      if (delta.has("signature")) {
        start.set("signature", delta.path("signature"));
      }
    }

    private ObjectNode whole() {
      if (!text.isEmpty()) {
        start.put("text", text.toString());
      }
      if (!thinking.isEmpty()) {
        start.put("thinking", thinking.toString());
      }
      if (!input.isEmpty()) {
        start.set("input", read(input.toString()));
      }
      return start;
    }

    /// Arguments that were cut off stay the text they are.
    private static JsonNode read(String json) {
      try {
        return JSON.readTree(json);
      } catch (JacksonException _) {
        return JSON.getNodeFactory().stringNode(json);
      }
    }
  }
}
