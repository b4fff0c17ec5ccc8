// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The blocks that a sampled message says, which stand alone or in a list.
final class Blocks {
  private Blocks() {}

  /// All that a message says in words.
  static String text(JsonNode message) {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : of(message)) {
      text.append(block.path("text").asString(""));
    }
    return text.toString();
  }

  static Iterable<JsonNode> of(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isArray() ? content.values() : List.of(content);
  }
}
