// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.console.conversation.Step;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Frame;
import dev.steward.console.runs.RunRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runs of one conversation or task, in order, read as one.
///
/// @param kind Conversation or Task
/// @param totals of all its runs
/// @param entries the runs of this page
/// @param hidden why content is left out, "" when it is not
/// @param earlier address of the runs before, null at the start
/// @param later address of the runs behind, null at the end
public record JoinedPage(
    Frame frame,
    String kind,
    String id,
    Totals totals,
    List<Entry> entries,
    String hidden,
    @Nullable String earlier,
    @Nullable String later) {

  /// All runs together.
  ///
  /// @param runs in words; says so where there are more than were added up
  /// @param span from the first start to the last end
  /// @param listHref the same runs in the list
  public record Totals(
      String runs,
      String agents,
      String span,
      String working,
      String errors,
      String tokens,
      CostText cost,
      Rate success,
      String listHref) {}

  /// One run.
  ///
  /// @param gap how long nothing happened before it, "" for the first
  /// @param opening what was asked
  /// @param between what happened until the answer, in words
  /// @param closing the answer
  public record Entry(
      RunRow row,
      int number,
      String gap,
      String compareHref,
      List<Step> opening,
      String between,
      List<Step> closing) {}
}
