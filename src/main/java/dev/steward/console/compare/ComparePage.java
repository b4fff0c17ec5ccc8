// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.frame.Frame;
import dev.steward.console.runs.RunRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two runs side by side.
///
/// @param differing in what they differ, the telling first
/// @param same in what they do not
/// @param prompt the instructions of both, null where they are the same or may not be read
/// @param steps matched in order
/// @param cut that only the first steps are shown, "" when all are
/// @param swapped address with the sides changed
/// @param hidden why content is left out, "" when it is not
public record ComparePage(
    Frame frame,
    RunRow left,
    RunRow right,
    List<Difference> differing,
    List<Difference> same,
    @Nullable TextDiff prompt,
    List<StepPair> steps,
    String cut,
    String swapped,
    String hidden) {

  /// Whether some of what differs is a number, so that one can be so much more than the other.
  public boolean measured() {
    return differing.stream().anyMatch(one -> !one.more().isEmpty());
  }
}
