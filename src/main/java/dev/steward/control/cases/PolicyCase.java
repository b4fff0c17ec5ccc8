// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.cases;

import dev.steward.domain.call.Call;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.policy.PolicySet;
import java.util.List;
import java.util.Optional;

/// One call with the decision that is wanted for it.
///
/// @param rules that must have made it, as `policy/rule`; empty when that is left open
/// @param duties that must go along with it
/// @param shadow what policies in shadow mode must say
public record PolicyCase(
    String description,
    Call call,
    Facts facts,
    Tier want,
    Optional<List<String>> rules,
    WantedDuties duties,
    WantedShadow shadow) {

  /// What is decided, and what is wrong with that.
  ///
  /// @param wrong "" when it is as wanted
  public record Result(String description, Decision decision, String wrong) {
    public boolean passed() {
      return wrong.isEmpty();
    }
  }

  public Result run(PolicySet policies) {
    Decision decision = policies.decide(call, facts);
    return new Result(description, decision, wrong(decision));
  }

  private String wrong(Decision decision) {
    Grounds grounds = decision.grounds();
    if (decision.tier() != want) {
      return "wanted " + want.word() + ", got " + decision.tier().word() + ": " + grounds.reason();
    }
    List<String> made = grounds.rules().stream().map(RuleName::toString).toList();
    if (rules.isPresent() && !rules.get().equals(made)) {
      return "wanted it by " + rules.get() + ", got it by " + made + ": " + grounds.reason();
    }
    return duties.wrong(decision).or(() -> shadow.wrong(grounds.shadow())).orElse("");
  }
}
