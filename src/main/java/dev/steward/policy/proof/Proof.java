// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import java.util.List;

/// How a proof ended.
public sealed interface Proof {
  /// It holds for all truth values of all conditions.
  ///
  /// @param cases how many cases of agent, workflow, tool and environment were searched
  record Proved(long cases) implements Proof {}

  /// It does not hold.
  record Refuted(Counterexample counterexample) implements Proof {}

  /// A call that goes through.
  ///
  /// @param environment "any other" for one that no policy names
  /// @param workflow that the caller says it works for, "" where it need say none
  /// @param outcome what is decided about it
  /// @param rules that let it through
  /// @param suppositions the truth of each condition that is asked, under which it does
  record Counterexample(
      String agent,
      String tool,
      String environment,
      String workflow,
      Tier outcome,
      List<RuleName> rules,
      List<Supposition> suppositions) {
    public Counterexample {
      rules = List.copyOf(rules);
      suppositions = List.copyOf(suppositions);
    }
  }

  /// A condition and the truth that it is supposed to have.
  record Supposition(RuleName rule, String condition, boolean holds) {}
}
