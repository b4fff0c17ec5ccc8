// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.gateway.wire.Asked;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The words of a person that a run begins with.
final class Opening {
  private static final int LENGTH_MAX = 20_000;

  /// What is remembered of a run is small; longer words are found in its calls.
  private static final int KEPT_MAX = 500;

  private static final JsonMapper JSON = JsonMapper.shared();

  private Opening() {}

  /// The same where it is short, "" else.
  static String kept(Asked asked) {
    String words = of(asked);
    return words.length() > KEPT_MAX ? "" : words;
  }

  /// The last message by a user, "" when there is none or it is too long to be kept.
  static String of(Asked asked) {
    String messages = asked.messages().orElse("");
    try {
      JsonNode read = JSON.readTree(messages.isEmpty() ? "null" : messages);
      String words = read.isString() ? read.stringValue() : "";
      for (JsonNode message : read) {
        String said = message.path("role").asString("").equals("user") ? words(message) : "";
        words = said.isBlank() ? words : said;
      }
      return words.length() > LENGTH_MAX ? "" : words;
    } catch (JacksonException _) {
      // The provider will say what is wrong with it.
      return "";
    }
  }

  private static String words(JsonNode message) {
    JsonNode content = message.has("parts") ? message.path("parts") : message.path("content");
    if (content.isString()) {
      return content.stringValue();
    }
    StringBuilder words = new StringBuilder();
    for (JsonNode part : content) {
      if (part.path("text").isString()) {
        words.append(words.isEmpty() ? "" : "\n").append(part.path("text").stringValue());
      }
    }
    return words.toString();
  }
}
