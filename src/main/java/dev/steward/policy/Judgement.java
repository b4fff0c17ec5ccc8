// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Call;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Decision.RequireApproval;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import dev.steward.policy.condition.Truth;
import java.util.ArrayList;
import java.util.List;

/// Rules that cover a call and the truth of their conditions, combined to one decision: the
/// tightest that any truth of what is unknown could give.
final class Judgement {
  private final Call call;
  private final boolean free;
  private final List<Finding> findings = new ArrayList<>();

  /// What one rule says of the call.
  record Finding(CompiledRule rule, Truth truth) {}

  /// @param free whether the call is allowed where no rule is about it
  Judgement(Call call, boolean free) {
    this.call = call;
    this.free = free;
  }

  void add(CompiledRule rule, Truth truth) {
    if (truth != Truth.Known.NO) {
      findings.add(new Finding(rule, truth));
    }
  }

  boolean nothingMatched() {
    return findings.isEmpty();
  }

  Judgement and(Judgement other) {
    Judgement both = new Judgement(call, free);
    both.findings.addAll(findings);
    both.findings.addAll(other.findings);
    return both;
  }

  Decision decision() {
    for (Finding finding : findings) {
      if (finding.truth instanceof Truth.Failed(String reason)) {
        return deny(List.of(finding), finding.rule.name() + " cannot be judged: " + reason);
      }
    }
    List<Finding> denying = of(Tier.DENY, true);
    if (!denying.isEmpty()) {
      return deny(denying, names(denying) + said(denying, "denies it"));
    }
    List<Finding> agreed = of(Tier.REQUIRE_APPROVAL, false);
    List<Finding> allowing = of(Tier.ALLOW, false);
    List<Finding> pending = of(Tier.REQUIRE_APPROVAL, true);
    boolean open = !allowing.isEmpty() || free;
    if (!agreed.isEmpty() || (open && !pending.isEmpty())) {
      return approval(pending, allowing);
    }
    if (!allowing.isEmpty()) {
      return new Verdict.Allow(
          Grounds.of(rules(allowing), names(allowing) + said(allowing, "allows it")),
          obligations(allowing));
    }
    if (free) {
      String what =
          call instanceof Call.ModelCall
              ? "no rule restricts this model"
              : "no rule restricts it, and the agent may use tools of its server";
      return new Verdict.Allow(Grounds.of(List.of(), what), Obligations.NONE);
    }
    return findings.isEmpty()
        ? deny(List.of(), "no rule allows " + described())
        : deny(
            findings,
            names(findings) + " would need to know what is not known, so it does not allow it");
  }

  private Decision approval(List<Finding> pending, List<Finding> allowing) {
    List<ApprovalTerms> terms = new ArrayList<>();
    for (Finding finding : pending) {
      if (!terms.contains(finding.rule.rule().terms())) {
        terms.add(finding.rule.rule().terms());
      }
    }
    return new RequireApproval(
        Grounds.of(rules(pending), names(pending) + said(pending, "requires approval")),
        terms,
        obligations(pending).and(obligations(allowing)));
  }

  private String described() {
    String what =
        switch (call) {
          case Call.ToolCall tool -> "to call " + tool.target();
          case Call.ModelCall model -> "to ask model " + model.model();
          case Call.AgentCall asked -> "to ask agent " + asked.agent();
        };
    return call.caller().agent() + " " + what + " in " + call.caller().environment();
  }

  private static Verdict.Deny deny(List<Finding> findings, String reason) {
    return new Verdict.Deny(Grounds.of(rules(findings), reason));
  }

  private List<Finding> of(Tier tier, boolean unknownToo) {
    List<Finding> found = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.rule.tier() == tier
          && (finding.truth == Truth.Known.YES
              || (unknownToo && finding.truth instanceof Truth.Unknown))) {
        found.add(finding);
      }
    }
    return found;
  }

  private static List<RuleName> rules(List<Finding> findings) {
    List<RuleName> rules = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      rules.add(finding.rule.name());
    }
    return rules;
  }

  private static String names(List<Finding> findings) {
    StringBuilder names = new StringBuilder("rule ");
    for (int i = 0; i < findings.size(); i++) {
      names.append(i == 0 ? "" : ", ").append(findings.get(i).rule.name());
    }
    return names.toString();
  }

  private static String said(List<Finding> findings, String verb) {
    CompiledRule first = findings.getFirst().rule;
    String when = first.conditional() && findings.size() == 1 ? " when " + first.rule().when() : "";
    String unknown =
        findings.stream().allMatch(finding -> finding.truth instanceof Truth.Unknown)
            ? " (whether that holds is not known)"
            : "";
    return " " + verb + when + unknown;
  }

  private static Obligations obligations(List<Finding> findings) {
    Obligations all = Obligations.NONE;
    for (Finding finding : findings) {
      all = all.and(finding.rule.rule().obligations());
    }
    return all;
  }
}
