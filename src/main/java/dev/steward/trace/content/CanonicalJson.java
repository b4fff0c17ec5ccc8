// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;

/// Writes trees as JSON text with sorted keys and no spaces, so that equal trees are equal texts.
public final class CanonicalJson {
  private CanonicalJson() {}

  public static String write(JsonNode node) {
    StringBuilder out = new StringBuilder(256);
    append(out, node);
    return out.toString();
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
    members.sort(Map.Entry.comparingByKey());
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

  private static void appendString(StringBuilder out, String text) {
    out.append('"');
    if (plain(text)) {
      out.append(text);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(text, out);
    }
    out.append('"');
  }

  /// Whether nothing in it needs an escape, which is true of most texts and quickly seen.
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
