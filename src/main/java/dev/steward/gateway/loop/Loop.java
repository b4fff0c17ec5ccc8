// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import java.time.Instant;

/// A run found going round.
///
/// @param count how often, to be read beside the threshold
/// @param reason for people: "called get_order with the same arguments 6 times in a row and got the
///   same answer each time"
/// @param policy that set the threshold, "" for the agent's version
public record Loop(
    LoopRule rule,
    LoopRule.Action action,
    long count,
    long threshold,
    String reason,
    String policy,
    Instant foundAt) {

  /// What to do so that such a run may go on.
  public String remedy() {
    if (!policy.isEmpty()) {
      return "raise loops." + rule.word() + " of the policy " + policy;
    }
    return rule == LoopRule.STEPS
        ? "raise the version's orchestration.maxSteps or orchestration.loops.steps"
        : "raise the version's orchestration.loops." + rule.word();
  }

  /// Whether the run is to be stopped.
  public boolean stops() {
    return action == LoopRule.Action.STOP;
  }
}
