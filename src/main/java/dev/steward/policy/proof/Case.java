// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy.Mode;
import dev.steward.policy.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The rules that one agent, tool and environment falls under. Each condition is one unknown, the
/// same text the same one.
record Case(List<CompiledRule> rules) {
  /// Rules of policies in shadow mode decide nothing.
  static Case of(List<CompiledRule> covering) {
    List<CompiledRule> enforced = new ArrayList<>();
    for (CompiledRule rule : covering) {
      if (rule.policy().mode() == Mode.ENFORCE) {
        enforced.add(rule);
      }
    }
    return new Case(enforced);
  }

  Set<String> conditions() {
    Set<String> conditions = new TreeSet<>();
    for (CompiledRule rule : rules) {
      if (!rule.rule().when().isEmpty()) {
        conditions.add(rule.rule().when());
      }
    }
    return conditions;
  }

  /// What is decided when exactly these conditions hold.
  Tier outcome(Set<String> holding) {
    if (any(Tier.DENY, holding)) {
      return Tier.DENY;
    }
    if (any(Tier.REQUIRE_APPROVAL, holding)) {
      return Tier.REQUIRE_APPROVAL;
    }
    return any(Tier.ALLOW, holding) ? Tier.ALLOW : Tier.DENY;
  }

  /// The rules that make the outcome when exactly these conditions hold.
  List<RuleName> making(Tier outcome, Set<String> holding) {
    List<RuleName> making = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (rule.rule().tier() == outcome && applies(rule, holding)) {
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
        suppositions.add(new Proof.Supposition(rule.name(), when, holding.contains(when)));
      }
    }
    return suppositions;
  }

  private boolean any(Tier tier, Set<String> holding) {
    for (CompiledRule rule : rules) {
      if (rule.rule().tier() == tier && applies(rule, holding)) {
        return true;
      }
    }
    return false;
  }

  private static boolean applies(CompiledRule rule, Set<String> holding) {
    return rule.rule().when().isEmpty() || holding.contains(rule.rule().when());
  }
}
