// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// First words of what a person asked, for lists of runs.
public final class Titles {
  private static final int LENGTH_MAX = 120;
  private static final JsonMapper JSON = JsonMapper.shared();

  private Titles() {}

  /// Text of the first message by a user, shortened; "" when there is none.
  public static String of(Content content) {
    for (Message message : content.input()) {
      if (message.json().contains("\"user\"")) {
        String text = userText(message.json());
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  private static String userText(String json) {
    JsonNode message;
    try {
      message = JSON.readTree(json);
    } catch (JacksonException _) {
      // A message that is not JSON gives no title; the content itself is kept as it is.
      return "";
    }
    if (!message.path("role").asString("").equals("user")) {
      return "";
    }
    for (JsonNode part : message.path("parts")) {
      if (part.path("type").asString("").equals("text")) {
        String text = shortened(part.path("content").asString(""));
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  /// The first words, with single spaces between them. It stands on the way of every span twice, so
  /// it reads no further than it must.
  private static String shortened(String text) {
    StringBuilder words = new StringBuilder(LENGTH_MAX + 2);
    boolean gap = false;
    for (int i = 0; i < text.length() && words.length() <= LENGTH_MAX; i++) {
      char next = text.charAt(i);
      if (Character.isWhitespace(next)) {
        gap = !words.isEmpty();
      } else {
        if (gap) {
          words.append(' ');
        }
        words.append(next);
        gap = false;
      }
    }
    if (words.length() <= LENGTH_MAX) {
      return words.toString();
    }
    int end =
        Character.isHighSurrogate(words.charAt(LENGTH_MAX - 2)) ? LENGTH_MAX - 2 : LENGTH_MAX - 1;
    return words.substring(0, end) + "…";
  }
}
