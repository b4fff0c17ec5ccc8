// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.format.Figures;
import dev.steward.console.format.JsonRows;
import dev.steward.console.format.JsonText;
import dev.steward.console.turn.Block;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Makes blocks of text, cut to what a page can bear unless all of it was asked for.
///
/// @param charactersMax of one block
/// @param linesMax of one block
/// @param rowsMax of names and values in one block
record Blocks(int charactersMax, int linesMax, int rowsMax) {
  /// What a list of steps shows of each.
  static final Blocks CUT = new Blocks(1_800, 40, 16);

  /// A step alone; longer text is to be downloaded.
  static final Blocks WHOLE = new Blocks(2_000_000, 100_000, 2_000);

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
    String given = json.length() > LAID_OUT_MAX ? json : decoded(json);
    List<JsonRows.Row> rows =
        given.length() > LAID_OUT_MAX ? List.of() : JsonRows.of(given, rowsMax);
    if (!rows.isEmpty()) {
      return rows(label, rows, given.length());
    }
    String whole = given.length() > LAID_OUT_MAX ? given : JsonText.laidOut(given);
    String cut = cut(whole);
    return new Block.Passed(label, List.of(), cut, cut.length() == whole.length(), length(whole));
  }

  private Block.Passed rows(String label, List<JsonRows.Row> all, int characters) {
    List<JsonRows.Row> shown = new ArrayList<>();
    boolean whole = all.size() <= rowsMax;
    int left = charactersMax;
    for (JsonRows.Row row : all.subList(0, Math.min(all.size(), rowsMax))) {
      String value = left > 0 ? cut(row.value()) : "";
      if (value.length() > left) {
        value = new Blocks(left, linesMax, rowsMax).cut(value);
      }
      whole &= value.length() == row.value().length();
      left -= value.length() + row.name().length();
      shown.add(
          value.length() == row.value().length() ? row : new JsonRows.Row(row.name(), value + "…"));
    }
    return new Block.Passed(
        label, shown, "", whole, Figures.of(characters, "character", "characters"));
  }

  /// A JSON string as its text, anything else as it is.
  private static String decoded(String json) {
    String text = json.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      try {
        return JSON.readTree(text).asString(text).strip();
      } catch (JacksonException e) {
        // what was passed need not be JSON; it is then shown as it is
        return text;
      }
    }
    return text;
  }

  private String cut(String text) {
    int end = Math.max(0, Math.min(text.length(), charactersMax));
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
