// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.chart.Chart;
import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a release is or was tried on a share of the conversations, as its page shows it.
///
/// @param why the rule that decided last, with its numbers
/// @param more gives it another share, null where that cannot be
/// @param difference in success over time, null while nothing was judged
/// @param evidence of fewer successes over time, null while nothing was judged
/// @param tests what each test says
/// @param judgements what was said when, the newest first
public record CanaryPart(
    Mark mark,
    String why,
    List<Fact> facts,
    @Nullable Deed more,
    @Nullable Chart difference,
    @Nullable Chart evidence,
    List<TestRow> tests,
    List<JudgementRow> judgements) {
  public CanaryPart {
    facts = List.copyOf(facts);
    tests = List.copyOf(tests);
    judgements = List.copyOf(judgements);
  }

  /// One test.
  ///
  /// @param interval of the difference or ratio, "" for none
  /// @param evidence its e-value
  public record TestRow(
      String name,
      Mark mark,
      String control,
      String canary,
      String units,
      String interval,
      String evidence,
      String threshold) {}

  /// What was said from a moment on.
  public record JudgementRow(Mark mark, String rule, String why, String units, Moment at) {}
}
