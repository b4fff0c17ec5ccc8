// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.format.Figures;
import dev.steward.console.format.JsonText;
import tools.jackson.core.JacksonException;
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

  private static final JsonMapper JSON = JsonMapper.shared();

  /// Longer text is not laid out: nobody reads it, and it would cost time.
  private static final int LAID_OUT_MAX = 400_000;

  Block.Said said(String text) {
    String whole = text.strip();
    String cut = cut(whole);
    return new Block.Said(cut, cut.length() == whole.length(), length(whole));
  }

  Block.Folded folded(String label, String text) {
    String whole = text.strip();
    String cut = cut(whole);
    return new Block.Folded(label, cut, cut.length() == whole.length(), length(whole));
  }

  Block.Passed passed(String label, String json) {
    String whole = json.length() > LAID_OUT_MAX ? json : readable(json);
    String cut = cut(whole);
    return new Block.Passed(label, cut, cut.length() == whole.length(), length(whole));
  }

  /// JSON laid out, a JSON string as its text, anything else as it is.
  private static String readable(String json) {
    String text = json.strip();
    if (text.startsWith("\"") && text.endsWith("\"")) {
      try {
        return JsonText.laidOut(JSON.readTree(text).asString(text).strip());
      } catch (JacksonException e) {
        // what was passed need not be JSON; it is then shown as it is
        return text;
      }
    }
    return JsonText.laidOut(text);
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
