// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// First words of what a person asked, for lists of runs.
public final class Titles {
  private static final int LENGTH_MAX = 120;
  private static final int DUMP_READ_MAX = 4096;

  /// `RunResponse(content=None, `: a value within JSON as Python prints a data class.
  private static final Pattern PRINTED =
      Pattern.compile("^\\{\\s*\"\\w+\":\\s*\"[A-Z]\\w*\\(\\w+=");

  private static final JsonMapper JSON = JsonMapper.shared();

  private Titles() {}

  /// Text of the first message by a user, shortened; "" when there is none. A printed object is no
  /// text: some frameworks record what a function was called with as if a person had said it.
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
        String text = part.path("content").asString("");
        String title = printedObject(text) ? "" : shortened(text);
        if (!title.isEmpty()) {
          return title;
        }
      }
    }
    return "";
  }

  /// Whether it is what Python prints of an object, alone or within JSON.
  private static boolean printedObject(String text) {
    if (!text.startsWith("{") && !text.startsWith("<")) {
      return false;
    }
    String start = text.substring(0, Math.min(text.length(), DUMP_READ_MAX));
    return start.contains(" object at 0x") || PRINTED.matcher(start).find();
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
