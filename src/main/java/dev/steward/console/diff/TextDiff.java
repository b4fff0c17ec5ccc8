// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.diff;

import java.util.ArrayList;
import java.util.List;

/// Two texts line by line, shown by `tag/diff.jte`: side by side where there is room, else one
/// under the other.
///
/// @param before what the left side is called
/// @param after what the right side is called
/// @param rows the lines that differ, with three around them
/// @param removed how many lines only the left side has
/// @param added how many lines only the right side has
public record TextDiff(String before, String after, List<Row> rows, int removed, int added) {
  private static final int CONTEXT = 3;

  public TextDiff {
    rows = List.copyOf(rows);
  }

  /// What a row is.
  public enum Kind {
    SAME,
    /// In both, but not the same.
    CHANGED,
    REMOVED,
    ADDED,
    /// Stands for lines that are the same and left out.
    GAP;

    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A line on the left, on the right, or on both.
  ///
  /// @param leftNumber "" where the left side has no such line
  /// @param words what a gap leaves out, else ""
  public record Row(
      Kind kind,
      String leftNumber,
      List<Piece> left,
      String rightNumber,
      List<Piece> right,
      String words) {}

  /// A part of a line.
  ///
  /// @param marked whether just this part differs
  public record Piece(String text, boolean marked) {}

  /// The difference between two texts; a line's end does not count.
  public static TextDiff of(String before, String leftText, String after, String rightText) {
    List<String> left = lines(leftText);
    List<String> right = lines(rightText);
    List<Row> all = DiffRows.of(left, right, LineMatch.between(left, right));
    int removed = 0;
    int added = 0;
    for (Row row : all) {
      removed += row.kind() == Kind.REMOVED || row.kind() == Kind.CHANGED ? 1 : 0;
      added += row.kind() == Kind.ADDED || row.kind() == Kind.CHANGED ? 1 : 0;
    }
    return new TextDiff(before, after, folded(all), removed, added);
  }

  public boolean same() {
    return removed == 0 && added == 0;
  }

  /// How much differs, such as "2 lines removed, 5 lines added".
  public String words() {
    if (same()) {
      return "no line differs";
    }
    String gone = removed + (removed == 1 ? " line" : " lines") + " removed";
    String come = added + (added == 1 ? " line" : " lines") + " added";
    return removed == 0 ? come : added == 0 ? gone : gone + ", " + come;
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }

  private static List<Row> folded(List<Row> all) {
    boolean[] near = new boolean[all.size()];
    for (int i = 0; i < near.length; i++) {
      if (all.get(i).kind() != Kind.SAME) {
        for (int j = Math.max(0, i - CONTEXT); j <= Math.min(near.length - 1, i + CONTEXT); j++) {
          near[j] = true;
        }
      }
    }
    List<Row> shown = new ArrayList<>();
    int at = 0;
    while (at < near.length) {
      int end = at;
      while (end < near.length && !near[end]) {
        end++;
      }
      // to leave out one line would not save one
      if (end - at > 1) {
        String words = (end - at) + " lines are the same";
        shown.add(new Row(Kind.GAP, "", List.of(), "", List.of(), words));
      } else if (end > at) {
        shown.add(all.get(at));
      }
      at = end;
      while (at < near.length && near[at]) {
        shown.add(all.get(at++));
      }
    }
    return shown;
  }
}
