// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;

/// Lets people answer for a call that policy does not allow by itself.
public interface ApprovalStep {
  /// Makes the approval, or finds the one that the same call made before, and waits for people as
  /// long as the call may be held. The same call is one of the same agent, environment, run, tool
  /// and arguments, asked for by the same rules.
  ///
  /// @throws dev.steward.domain.ApiException when it cannot be recorded; the call is then not made
  ApprovalEnding ask(Decision.RequireApproval decision, Asking asking);

  /// What holds once policy has decided again, on the arguments that were approved: nothing looser
  /// than what it says now. That people must agree is met if the rules that ask are those which the
  /// approval answered.
  Verdict resumed(ApprovalEnding.Approved approved, Decision again);

  /// Uses the approval up; it is durable when it returns. It must be called before the intent is
  /// written and the call is sent.
  ///
  /// @throws dev.steward.domain.ApiException CONFLICT when it was used before or has expired: the
  ///   call must not be made
  void used(String approval);

  /// The time that an approval has taken so far, with the minutes that nobody was told of before:
  /// they are paid once, however often the call is made.
  PeoplesTime timeOf(String approval);
}
