// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.fact;

import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// First words of what a person asked, for lists of runs.
public final class Titles {
  private static final int LENGTH_MAX = 120;
  private static final int DUMP_READ_MAX = 4096;

  private static final int PLAIN_READ_MAX = 1024;

  /// Canonical JSON sorts members, so that a message begins with its parts and ends with its role.
  private static final String TEXT_FIRST = "{\"parts\":[{\"content\":\"";

  private static final String IS_TEXT = "\",\"type\":\"text\"}";
  private static final String BY_USER = "],\"role\":\"user\"}";

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
    String plain = plainTitle(json);
    return plain == null ? readTitle(json) : plain;
  }

  /// The title of a message as most are written, whose first part is a text; null when it is to be
  /// found by reading all of it, which takes long where the text is.
  private static @Nullable String plainTitle(String json) {
    if (!json.startsWith(TEXT_FIRST) || !json.endsWith(BY_USER)) {
      return null;
    }
    int from = TEXT_FIRST.length();
    int end = json.indexOf('"', from);
    int escape = json.indexOf('\\', from);
    int read = escape < 0 ? end : Math.min(escape, end);
    char first = json.charAt(from);
    boolean whole = read == end;
    if (first == '{' || first == '<' || (whole && !json.startsWith(IS_TEXT, end))) {
      return null;
    }
    if (!whole && !json.startsWith(IS_TEXT, closing(json, end))) {
      return null;
    }
    String title = shortened(json, from, Math.min(read, from + PLAIN_READ_MAX));
    boolean enough = title.length() == LENGTH_MAX && title.endsWith("…");
    return enough || (whole && read <= from + PLAIN_READ_MAX && !title.isEmpty()) ? title : null;
  }

  /// Where the text ends: at the first quotation mark that no backslash stands before.
  private static int closing(String json, int firstMark) {
    int mark = firstMark;
    while (mark >= 0) {
      int backslashes = 0;
      while (json.charAt(mark - 1 - backslashes) == '\\') {
        backslashes++;
      }
      if (backslashes % 2 == 0) {
        return mark;
      }
      mark = json.indexOf('"', mark + 1);
    }
    return json.length();
  }

  private static String readTitle(String json) {
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
        String title = printedObject(text) ? "" : shortened(text, 0, text.length());
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
  private static String shortened(String text, int from, int end) {
    StringBuilder words = new StringBuilder(LENGTH_MAX + 2);
    boolean gap = false;
    for (int i = from; i < end && words.length() <= LENGTH_MAX; i++) {
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
    int kept =
        Character.isHighSurrogate(words.charAt(LENGTH_MAX - 2)) ? LENGTH_MAX - 2 : LENGTH_MAX - 1;
    words.setLength(kept);
    return words.append('…').toString();
  }
}
