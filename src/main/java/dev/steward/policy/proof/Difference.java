// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.policy.duty.Duty;
import java.util.List;

/// A call on which two regimes decide otherwise, and what is supposed of its conditions.
///
/// @param what `server/tool`, `model NAME` or `agent NAME`
/// @param environment "any other" for one that no policy names
/// @param workflow that the caller says it works for, "" where it need say none
/// @param duties those of the tighter regime that the looser one does not demand, where both let
///   the call be made; empty where they differ in whether it may
public record Difference(
    String agent,
    String what,
    String environment,
    String workflow,
    Outcome before,
    Outcome after,
    List<Duty> duties) {
  public Difference {
    duties = List.copyOf(duties);
  }

  /// What one of the two decides.
  ///
  /// @param rules that make it; none where no rule matches or the version does not list it
  public record Outcome(Tier tier, List<RuleName> rules, List<Proof.Supposition> suppositions) {
    public Outcome {
      rules = List.copyOf(rules);
      suppositions = List.copyOf(suppositions);
    }
  }
}
