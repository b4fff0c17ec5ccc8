// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.domain.Digest;
import dev.steward.gateway.wire.Operation;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What messages say in words, whatever the dialect they are in: thoughts and tool calls are left
/// out, blocks follow one another without a break.
final class Words {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Words() {}

  /// Space around words differs between those who pass them on.
  static Digest digest(String words) {
    return Digest.of(words.strip());
  }

  /// Of the last message that says something, "" for none.
  ///
  /// @param messages JSON
  static String last(String messages) {
    JsonNode read = read(messages);
    if (read.isString()) {
      return read.stringValue();
    }
    String last = "";
    for (JsonNode message : read) {
      String said = of(message);
      last = said.isBlank() ? last : said;
    }
    return last;
  }

  /// Digests of what a model answered: of each choice, or of the items that are one answer.
  ///
  /// @param messages JSON
  static Set<Digest> answers(Operation operation, String messages) {
    Set<Digest> answers = new HashSet<>();
    StringBuilder all = new StringBuilder();
    JsonNode read = read(messages);
    for (JsonNode message : read.isArray() ? read : JSON.createArrayNode().add(read)) {
      String said = of(message);
      all.append(said);
      if (operation != Operation.RESPONSES && !said.isBlank()) {
        answers.add(digest(said));
      }
    }
    if (operation == Operation.RESPONSES && !all.toString().isBlank()) {
      answers.add(digest(all.toString()));
    }
    return answers;
  }

  private static String of(JsonNode message) {
    JsonNode content = message.has("parts") ? message.path("parts") : message.path("content");
    if (content.isString()) {
      return content.stringValue();
    }
    StringBuilder words = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("thought").asBoolean(false)) {
        JsonNode said = part.has("text") ? part.path("text") : text(part);
        words.append(said.asString(""));
      }
    }
    return words.toString();
  }

  /// Of a part in the form of the GenAI conventions.
  private static JsonNode text(JsonNode part) {
    return part.path("type").asString("").equals("text")
        ? part.path("content")
        : JSON.missingNode();
  }

  private static JsonNode read(String messages) {
    try {
      return messages.isEmpty() ? JSON.missingNode() : JSON.readTree(messages);
    } catch (JacksonException _) {
      // The provider will say what is wrong with it.
      return JSON.missingNode();
    }
  }
}
