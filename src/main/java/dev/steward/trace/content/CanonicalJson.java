// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes trees as JSON text with sorted keys and no spaces, so that equal trees are equal texts.
public final class CanonicalJson {
  private static final Comparator<Map.Entry<String, JsonNode>> BY_KEY = Map.Entry.comparingByKey();

  /// What stands for a character that may not stand in a text, null for all others.
  private static final @Nullable String[] ESCAPES = escapes();

  private CanonicalJson() {}

  public static String write(JsonNode node) {
    StringBuilder out = new StringBuilder(length(node));
    append(out, node);
    return out.toString();
  }

  /// The same for a text that holds a JSON object.
  ///
  /// @throws tools.jackson.core.JacksonException when it is none
  public static String of(String json) {
    String sorted = SortedMembers.of(json);
    return sorted == null ? write(JsonMapper.shared().readTree(json)) : sorted;
  }

  /// How long the text will be about; exactly where nothing in it needs an escape and no number is
  /// long.
  private static int length(JsonNode node) {
    if (node.isString()) {
      return node.stringValue().length() + 2;
    }
    int length = 2;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        length += member.getKey().length() + 4 + length(member.getValue());
      }
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        length += 1 + length(element);
      }
    } else {
      length += 6;
    }
    return length;
  }

  private static void append(StringBuilder out, JsonNode node) {
    if (node.isObject()) {
      appendObject(out, node);
    } else if (node.isArray()) {
      char open = '[';
      for (JsonNode element : node) {
        out.append(open);
        append(out, element);
        open = ',';
      }
      out.append(open == '[' ? "[]" : "]");
    } else if (node.isString()) {
      appendString(out, node.stringValue());
    } else {
      out.append(node);
    }
  }

  private static void appendObject(StringBuilder out, JsonNode object) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
    if (members.size() > 1) {
      members.sort(BY_KEY);
    }
    char open = '{';
    for (Map.Entry<String, JsonNode> member : members) {
      out.append(open);
      appendString(out, member.getKey());
      out.append(':');
      append(out, member.getValue());
      open = ',';
    }
    out.append(open == '{' ? "{}" : "}");
  }

  static void appendString(StringBuilder out, String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ESCAPES.length && ESCAPES[c] != null) {
        out.append(text, from, i).append(ESCAPES[c]);
        from = i + 1;
      }
    }
    out.append(text, from, text.length()).append('"');
  }

  private static @Nullable String[] escapes() {
    @Nullable String[] escapes = new String['\\' + 1];
    for (char c = 0; c < escapes.length; c++) {
      StringBuilder quoted = new StringBuilder();
      JsonStringEncoder.getInstance().quoteAsString(String.valueOf(c), quoted);
      escapes[c] = quoted.length() == 1 ? null : quoted.toString();
    }
    return escapes;
  }
}
