// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Frames of Bedrock's ConverseStream.
final class BedrockFold {
  static final Set<String> NAMES =
      Set.of(
          "messageStart",
          "contentBlockStart",
          "contentBlockDelta",
          "contentBlockStop",
          "messageStop",
          "metadata");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ObjectNode body = JSON.createObjectNode();
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private String role = "assistant";
  private boolean ended;
  private @Nullable String error;

  void add(Map<String, String> headers, JsonNode payload) {
    if (headers.getOrDefault(":message-type", "event").equals("exception")) {
      error =
          headers.getOrDefault(":exception-type", "exception")
              + ": "
              + payload.path("message").asString("");
      return;
    }
    int index = payload.path("contentBlockIndex").asInt(0);
    switch (headers.getOrDefault(":event-type", "")) {
      case "messageStart" -> role = payload.path("role").asString(role);
      case "contentBlockStart" -> block(index).start(payload.path("start"));
      case "contentBlockDelta" -> block(index).add(payload.path("delta"));
      case "messageStop" -> body.set("stopReason", payload.path("stopReason"));
      case "metadata" -> {
        ended = true;
        payload.forEachEntry(body::set);
      }
      default -> {
        // The end of a block, or what is not known yet.
      }
    }
  }

  private Block block(int index) {
    return blocks.computeIfAbsent(index, i -> new Block());
  }

  JsonNode body() {
    ObjectNode message = body.putObject("output").putObject("message").put("role", role);
    ArrayNode content = message.putArray("content");
    blocks.values().forEach(block -> content.add(block.whole()));
    return body;
  }

  boolean ended() {
    return ended;
  }

  @Nullable String error() {
    return error;
  }

  /// One content block.
  private static final class Block {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private @Nullable ObjectNode tool;

    private void start(JsonNode start) {
      if (start.path("toolUse") instanceof ObjectNode use) {
        tool = use.deepCopy();
      }
    }

    private void add(JsonNode delta) {
      text.append(delta.path("text").asString(""));
      input.append(delta.path("toolUse").path("input").asString(""));
      reasoning.append(delta.path("reasoningContent").path("text").asString(""));
    }

    private ObjectNode whole() {
      ObjectNode block = JSON.createObjectNode();
      if (tool != null) {
        tool.set("input", read(input.isEmpty() ? "{}" : input.toString()));
        block.set("toolUse", tool);
      } else if (!reasoning.isEmpty()) {
        block.put("type", "reasoning").put("content", reasoning.toString());
      } else {
        block.put("text", text.toString());
      }
      return block;
    }

    private static JsonNode read(String json) {
      try {
        return JSON.readTree(json);
      } catch (JacksonException _) {
        return JSON.getNodeFactory().stringNode(json);
      }
    }
  }
}
