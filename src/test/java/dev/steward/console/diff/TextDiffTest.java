// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.diff.TextDiff.Kind;
import dev.steward.console.diff.TextDiff.Row;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {
  @Test
  void aLineWithWordsInCommonIsChangedAndItsOtherWordsAreMarked() {
    TextDiff diff = diff("pay up to 5,000 USD", "pay up to 8,000 USD");

    assertThat(kinds(diff)).containsExactly(Kind.CHANGED);
    assertThat(marked(diff.rows().getFirst().left())).isEqualTo("5");
    assertThat(marked(diff.rows().getFirst().right())).isEqualTo("8");
    assertThat(diff.words()).isEqualTo("1 line removed, 1 line added");
  }

  @Test
  void linesWithNothingInCommonAreRemovedAndAdded() {
    TextDiff diff = diff("never promise a date", "name the handbook");
    assertThat(kinds(diff)).containsExactlyInAnyOrder(Kind.REMOVED, Kind.ADDED);
  }

  @Test
  void aLineThatIsPutInBetweenMovesNoOther() {
    TextDiff diff = diff("a\nb\nc", "a\nb\nx\nc");
    assertThat(kinds(diff)).containsExactly(Kind.SAME, Kind.SAME, Kind.ADDED, Kind.SAME);
    assertThat(diff.rows().get(3).leftNumber()).isEqualTo("3");
    assertThat(diff.rows().get(3).rightNumber()).isEqualTo("4");
  }

  @Test
  void whatIsFarFromADifferenceIsLeftOut() {
    String before = lines(40);
    TextDiff diff = diff(before, before.replace("line 20\n", "something else\n"));

    assertThat(diff.rows().getFirst().words()).isEqualTo("17 lines are the same");
    assertThat(diff.rows().getLast().kind()).isEqualTo(Kind.GAP);
    assertThat(diff.rows()).hasSizeLessThan(12);
  }

  @Test
  void theSameTextHasNoDifference() {
    TextDiff diff = diff("a\nb", "a\r\nb\n");
    assertThat(diff.same()).isTrue();
    assertThat(diff.words()).isEqualTo("no line differs");
  }

  @Test
  void anEmptyTextAgainstAnotherIsAllAdded() {
    assertThat(kinds(diff("", "a\nb"))).containsExactly(Kind.ADDED, Kind.ADDED);
  }

  @Test
  void bothTextsCanBeReadBackFromTheRowsWhateverTheyAre() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<String> left = words(random);
      List<String> right = words(random);
      List<Row> rows = DiffRows.of(left, right, LineMatch.between(left, right));
      assertThat(side(rows, true)).isEqualTo(left);
      assertThat(side(rows, false)).isEqualTo(right);
    }
  }

  @Test
  void textsThatShareNothingEndWithinTheLimit() {
    String before = lines(3_000);
    TextDiff diff =
        diff(before, before.replace("line", "LINE NUMBER").toUpperCase(java.util.Locale.ROOT));
    assertThat(diff.removed()).isEqualTo(3_000);
    assertThat(diff.added()).isEqualTo(3_000);
  }

  private static TextDiff diff(String before, String after) {
    return TextDiff.of("before", before, "after", after);
  }

  private static List<Kind> kinds(TextDiff diff) {
    return diff.rows().stream().map(Row::kind).toList();
  }

  private static String marked(List<TextDiff.Piece> pieces) {
    return pieces.stream()
        .filter(TextDiff.Piece::marked)
        .map(TextDiff.Piece::text)
        .collect(Collectors.joining());
  }

  private static List<String> side(List<Row> rows, boolean left) {
    return rows.stream()
        .filter(row -> !(left ? row.leftNumber() : row.rightNumber()).isEmpty())
        .map(row ->
            (left ? row.left() : row.right())
                .stream().map(TextDiff.Piece::text).collect(Collectors.joining()))
        .toList();
  }

  private static List<String> words(Random random) {
    return IntStream.range(0, random.nextInt(12))
        .mapToObj(i -> "w" + random.nextInt(4) + " and some more")
        .toList();
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }
}
