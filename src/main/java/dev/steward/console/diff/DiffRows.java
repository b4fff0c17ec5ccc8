// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.diff;

import dev.steward.console.diff.TextDiff.Kind;
import dev.steward.console.diff.TextDiff.Piece;
import dev.steward.console.diff.TextDiff.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Lays matched lines out in rows, and marks within a changed line the words that differ.
final class DiffRows {
  private static final Pattern WORDS = Pattern.compile("(?<=\\W)|(?=\\W)");
  private static final int WORDS_MAX = 400;

  private final List<String> left;
  private final List<String> right;
  private final List<Row> rows = new ArrayList<>();

  private DiffRows(List<String> left, List<String> right) {
    this.left = left;
    this.right = right;
  }

  static List<Row> of(List<String> left, List<String> right, int[] partner) {
    DiffRows rows = new DiffRows(left, right);
    int leftAt = 0;
    int rightAt = 0;
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] >= 0) {
        rows.differing(leftAt, i, rightAt, partner[i]);
        rows.add(Kind.SAME, i, whole(left.get(i)), partner[i], whole(right.get(partner[i])));
        leftAt = i + 1;
        rightAt = partner[i] + 1;
      }
    }
    rows.differing(leftAt, left.size(), rightAt, right.size());
    return rows.rows;
  }

  /// Lines that stand opposite each other are one changed line when they have words in common.
  private void differing(int leftFrom, int leftTo, int rightFrom, int rightTo) {
    int leftAt = leftFrom;
    int rightAt = rightFrom;
    while (leftAt < leftTo && rightAt < rightTo) {
      if (changed(leftAt, rightAt)) {
        leftAt++;
        rightAt++;
      } else if (leftTo - leftAt >= rightTo - rightAt) {
        add(Kind.REMOVED, leftAt, whole(left.get(leftAt)), -1, List.of());
        leftAt++;
      } else {
        add(Kind.ADDED, -1, List.of(), rightAt, whole(right.get(rightAt)));
        rightAt++;
      }
    }
    for (; leftAt < leftTo; leftAt++) {
      add(Kind.REMOVED, leftAt, whole(left.get(leftAt)), -1, List.of());
    }
    for (; rightAt < rightTo; rightAt++) {
      add(Kind.ADDED, -1, List.of(), rightAt, whole(right.get(rightAt)));
    }
  }

  private boolean changed(int leftAt, int rightAt) {
    List<String> before = List.of(WORDS.split(left.get(leftAt), WORDS_MAX));
    List<String> after = List.of(WORDS.split(right.get(rightAt), WORDS_MAX));
    int[] partner = LineMatch.between(before, after);
    boolean[] met = new boolean[after.size()];
    int common = 0;
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] >= 0) {
        met[partner[i]] = true;
        common += before.get(i).isBlank() ? 0 : before.get(i).length();
      }
    }
    int longer = Math.max(left.get(leftAt).strip().length(), right.get(rightAt).strip().length());
    if (common * 3 < longer) {
      return false;
    }
    boolean[] kept = new boolean[before.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = partner[i] >= 0;
    }
    add(Kind.CHANGED, leftAt, pieces(before, kept), rightAt, pieces(after, met));
    return true;
  }

  private static List<Piece> pieces(List<String> words, boolean[] kept) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      text.append(words.get(i));
      if (i == words.size() - 1 || kept[i] != kept[i + 1]) {
        pieces.add(new Piece(text.toString(), !kept[i]));
        text.setLength(0);
      }
    }
    return pieces;
  }

  private static List<Piece> whole(String line) {
    return List.of(new Piece(line, false));
  }

  private void add(
      Kind kind, int leftAt, List<Piece> leftPieces, int rightAt, List<Piece> rightPieces) {
    rows.add(new Row(kind, number(leftAt), leftPieces, number(rightAt), rightPieces, ""));
  }

  private static String number(int at) {
    return at < 0 ? "" : String.valueOf(at + 1);
  }
}
