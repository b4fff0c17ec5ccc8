// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.format.Figures;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Makes blocks of text, cut to what a page can bear unless all of it was asked for.
///
/// @param charactersMax of one block
/// @param linesMax of one block
record Blocks(int charactersMax, int linesMax) {
  /// What a list of steps shows of each.
  static final Blocks CUT = new Blocks(1_800, 24);

  /// A step alone; longer text is to be downloaded.
  static final Blocks WHOLE = new Blocks(2_000_000, 100_000);

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int ONE_LINE_MAX = 72;

  Block.Said said(String text) {
    String cut = cut(text.strip());
    return new Block.Said(cut, cut.length() == text.strip().length(), length(text));
  }

  Block.Folded folded(String label, String text) {
    String cut = cut(text.strip());
    return new Block.Folded(label, cut, cut.length() == text.strip().length(), length(text));
  }

  Block.Passed passed(String label, String json) {
    String pretty = pretty(json);
    String cut = cut(pretty);
    return new Block.Passed(label, cut, cut.length() == pretty.length(), length(pretty));
  }

  /// JSON with indents where it is long, a JSON string as its text, anything else as it is.
  private String pretty(String json) {
    if (json.length() > charactersMax * 20L) {
      return json;
    }
    try {
      JsonNode node = PRETTY.readTree(json);
      if (node.isString()) {
        String inner = node.asString();
        return looksLikeJson(inner) ? pretty(inner) : inner;
      }
      String flat = node.toString();
      if (flat.length() <= ONE_LINE_MAX) {
        return flat;
      }
      return PRETTY.writeValueAsString(node);
    } catch (JacksonException e) {
      // a result need not be JSON; it is then shown as it is
      return json;
    }
  }

  private static boolean looksLikeJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private String cut(String text) {
    int end = Math.min(text.length(), charactersMax);
    int lines = 0;
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n' && ++lines == linesMax) {
        end = i;
      }
    }
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String length(String text) {
    return Figures.of(text.length(), "character", "characters");
  }
}
