// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.duty;

import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.duty.Duty.Agreement;
import dev.steward.policy.duty.Duty.Limit;
import dev.steward.policy.duty.Duty.Reason;
import dev.steward.policy.duty.Duty.Redact;
import java.util.ArrayList;
import java.util.List;

/// What a decision demands along with the call, duty by duty.
public final class Duties {
  private Duties() {}

  /// None of a call that is denied.
  public static List<Duty> of(Decision decision) {
    return switch (decision) {
      case Verdict.Deny _ -> List.of();
      case Verdict.Allow allow -> of(allow.obligations(), List.of());
      case Decision.RequireApproval pending -> of(pending.obligations(), pending.terms());
    };
  }

  public static List<Duty> of(Policy.Rule rule) {
    return of(
        rule.obligations(),
        rule.tier() == Tier.REQUIRE_APPROVAL ? List.of(rule.terms()) : List.of());
  }

  /// Those of the duties that who keeps the others does not keep.
  public static List<Duty> lost(List<Duty> duties, List<Duty> others) {
    List<Duty> lost = new ArrayList<>();
    for (Duty duty : duties) {
      if (!lost.contains(duty) && others.stream().noneMatch(other -> other.covers(duty))) {
        lost.add(duty);
      }
    }
    return lost;
  }

  /// Those that policies in shadow mode would demand beside what is demanded.
  public static List<Duty> shadowed(Decision decision) {
    return decision
        .grounds()
        .shadow()
        .map(shadow -> lost(of(shadow.decision()), of(decision)))
        .orElse(List.of());
  }

  private static List<Duty> of(Obligations obligations, List<ApprovalTerms> terms) {
    List<Duty> duties = new ArrayList<>();
    for (ApprovalTerms each : terms) {
      duties.add(new Agreement(each));
    }
    for (String field : obligations.redact()) {
      duties.add(new Redact(field));
    }
    for (RateLimit rate : obligations.limits()) {
      duties.add(new Limit(rate));
    }
    if (obligations.reason()) {
      duties.add(new Reason());
    }
    return duties;
  }
}
