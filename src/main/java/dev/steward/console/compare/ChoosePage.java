// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.runs.RunRow;
import java.util.List;

/// What a run can be compared with.
///
/// @param wrong why the id that was given leads nowhere, "" when none was given
/// @param groups others, by what they have in common with it
public record ChoosePage(Frame frame, RunRow run, String wrong, List<Group> groups, Empty none) {

  /// Runs that have something in common with the run.
  public record Group(String words, List<Choice> choices) {}

  /// One run, and the address of the comparison with it.
  public record Choice(RunRow row, String href) {}
}
