// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call that people are or were asked about.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was refused, "" when it was not
/// @param arguments to be agreed to, as they would be sent; "" where they are not shown
/// @param original as the agent gave them, "" where nobody edited them
/// @param hidden why the arguments are not shown, "" where they are
/// @param digest of the arguments that are shown
/// @param soFar what led to the call
/// @param refused why the reader cannot approve, "" where they can or nothing waits
/// @param approve null where the reader cannot
/// @param deny null where the reader cannot
/// @param editAction address that edited arguments are posted to, "" where the reader cannot
/// @param edited what the reader wrote into the form and was refused, else the arguments
public record ApprovalPage(
    Frame frame,
    String id,
    String wish,
    String consequence,
    State state,
    String done,
    String wrong,
    String arguments,
    String original,
    String hidden,
    String digest,
    String why,
    List<Fact> facts,
    RunSoFar soFar,
    String refused,
    @Nullable Deed approve,
    @Nullable Deed deny,
    String editAction,
    String edited) {

  /// How it stands, which an open page is told live.
  ///
  /// @param words behind the mark
  /// @param answers what people said, the oldest first
  public record State(Mark mark, String words, List<AnswerRow> answers) {}

  /// What one person said.
  public record AnswerRow(Mark mark, String by, String when, String reason, String more) {}
}
