// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Call;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy.Mode;
import dev.steward.policy.CompiledRule;
import dev.steward.policy.PolicySet;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The rules that one call falls under, its arguments left aside. Each condition is one unknown.
///
/// @param open whether it may be made where no rule matches
/// @param shut whether it can never be made, whatever rules say
/// @param unknown the name of the unknown that a condition is
record Side(List<CompiledRule> rules, boolean open, boolean shut, UnaryOperator<String> unknown) {
  /// Rules of policies in shadow mode decide nothing.
  static Side of(PolicySet policies, Call call, boolean shut, UnaryOperator<String> unknown) {
    List<CompiledRule> enforced = new ArrayList<>();
    for (CompiledRule rule : policies.covering(call)) {
      if (rule.policy().mode() == Mode.ENFORCE) {
        enforced.add(rule);
      }
    }
    return new Side(enforced, policies.free(call), shut, unknown);
  }

  /// What is decided when exactly these unknowns hold.
  Tier outcome(Set<String> holding) {
    if (shut || any(Tier.DENY, holding)) {
      return Tier.DENY;
    }
    if (any(Tier.REQUIRE_APPROVAL, holding)) {
      return Tier.REQUIRE_APPROVAL;
    }
    return open || any(Tier.ALLOW, holding) ? Tier.ALLOW : Tier.DENY;
  }

  /// What must be done along with the call then.
  List<Duty> duties(Set<String> holding) {
    List<Duty> duties = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (rule.rule().tier() != Tier.DENY && applies(rule, holding)) {
        duties.addAll(Duties.of(rule.rule()));
      }
    }
    return duties;
  }

  /// The rules that make the outcome when exactly these unknowns hold.
  List<RuleName> making(Tier outcome, Set<String> holding) {
    List<RuleName> making = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (!shut && rule.rule().tier() == outcome && applies(rule, holding)) {
        making.add(rule.name());
      }
    }
    return making;
  }

  List<Proof.Supposition> suppositions(Set<String> holding) {
    List<Proof.Supposition> suppositions = new ArrayList<>();
    for (CompiledRule rule : rules) {
      String when = rule.rule().when();
      if (!when.isEmpty()) {
        suppositions.add(
            new Proof.Supposition(rule.name(), when, holding.contains(unknown.apply(when))));
      }
    }
    return suppositions;
  }

  /// The least that must hold for each of the rules to apply, and for none to.
  Set<Set<String>> applying(Tier... tiers) {
    Set<Set<String>> least = new LinkedHashSet<>();
    least.add(Set.of());
    for (CompiledRule rule : rules) {
      if (List.of(tiers).contains(rule.rule().tier())) {
        least.add(needs(rule));
      }
    }
    return least;
  }

  /// The least that must hold for each of the rules to apply that demand something.
  Set<Set<String>> demanding() {
    Set<Set<String>> least = new LinkedHashSet<>();
    for (CompiledRule rule : rules) {
      if (rule.rule().tier() != Tier.DENY && !Duties.of(rule.rule()).isEmpty()) {
        least.add(needs(rule));
      }
    }
    return least;
  }

  private Set<String> needs(CompiledRule rule) {
    String when = rule.rule().when();
    return when.isEmpty() ? Set.of() : Set.of(unknown.apply(when));
  }

  private boolean any(Tier tier, Set<String> holding) {
    for (CompiledRule rule : rules) {
      if (rule.rule().tier() == tier && applies(rule, holding)) {
        return true;
      }
    }
    return false;
  }

  private boolean applies(CompiledRule rule, Set<String> holding) {
    String when = rule.rule().when();
    return when.isEmpty() || holding.contains(unknown.apply(when));
  }
}
