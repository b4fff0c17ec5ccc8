// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Effect;
import dev.steward.domain.call.Feature;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Rule;
import dev.steward.domain.resource.Policy.Target;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One rule with the scope of its policy, ready to be asked whether a call falls under it.
public final class CompiledRule {
  private static final Pattern ARGUMENTS = Pattern.compile("\\bargs\\b");

  private final int order;
  private final RuleName name;
  private final Policy policy;
  private final Rule rule;
  private final List<Glob> patterns;
  private final Set<Effect> effects;
  private final Set<String> labels;
  private final Set<String> environments;
  private final boolean asksArguments;

  CompiledRule(int order, Policy policy, int place) {
    this.order = order;
    this.policy = policy;
    this.rule = policy.rules().get(place);
    this.name = policy.nameOf(place);
    List<String> written =
        switch (rule.target()) {
          case Target.Tools tools -> tools.tools();
          case Target.Models models -> models.models();
          case Target.Delegates delegates -> delegates.agents();
        };
    this.patterns = written.stream().map(Glob::of).toList();
    this.effects =
        rule.target() instanceof Target.Tools tools ? Set.copyOf(tools.effects()) : Set.of();
    this.labels =
        rule.target() instanceof Target.Tools tools ? Set.copyOf(tools.labels()) : Set.of();
    this.environments = Set.copyOf(policy.environments());
    this.asksArguments = ARGUMENTS.matcher(rule.when()).find();
  }

  public RuleName name() {
    return name;
  }

  public Policy policy() {
    return policy;
  }

  public Rule rule() {
    return rule;
  }

  /// Place among all rules, so that an answer lists them always alike.
  int order() {
    return order;
  }

  Tier tier() {
    return rule.tier();
  }

  boolean shadow() {
    return policy.mode() == Policy.Mode.SHADOW;
  }

  boolean conditional() {
    return !rule.when().isEmpty();
  }

  List<Glob> patterns() {
    return patterns;
  }

  Set<Effect> effects() {
    return effects;
  }

  Set<String> labels() {
    return labels;
  }

  /// Whether the call falls under it, its condition left aside.
  boolean covers(Call call, KnownTool tool) {
    return covers(call.caller())
        && switch (call) {
          case Call.ToolCall _ -> covers(tool);
          case Call.ModelCall model ->
              rule.target() instanceof Target.Models && Glob.anyMatches(patterns, model.model());
          case Call.AgentCall asked ->
              rule.target() instanceof Target.Delegates && Glob.anyMatches(patterns, asked.agent());
        };
  }

  /// Whether it is for calls of that caller at all.
  boolean covers(Caller caller) {
    return (environments.isEmpty() || environments.contains(caller.environment()))
        && policy.agents().selects(caller.agent(), caller.labels())
        && (policy.workflows().isEmpty()
            || policy.workflows().stream().anyMatch(caller.workflows()::contains));
  }

  /// A tool whose effect or labels are not known may have any: that restricts it and never allows
  /// it.
  boolean covers(KnownTool tool) {
    return rule.target() instanceof Target.Tools
        && (patterns.isEmpty() || Glob.anyMatches(patterns, tool.name()))
        && (!asksArguments || !feature(tool.name()) || namesFeature(tool.name()))
        && (effects.isEmpty() || tool.effect().map(effects::contains).orElse(tier() != Tier.ALLOW))
        && (labels.isEmpty() || reads(tool));
  }

  /// Whether it can be about what a server has beside tools.
  boolean reachesFeatures() {
    if (!(rule.target() instanceof Target.Tools)) {
      return false;
    }
    for (Glob glob : patterns) {
      if (feature(glob.text()) || glob.text().endsWith("*")) {
        return true;
      }
    }
    return patterns.isEmpty();
  }

  private static boolean feature(String name) {
    return Feature.of(name.substring(name.indexOf('/') + 1)).isPresent();
  }

  /// Whether it says by a pattern that it is about what a server has beside tools: whoever wrote a
  /// condition on the arguments of tools did not mean those of a resource.
  private boolean namesFeature(String name) {
    for (Glob glob : patterns) {
      if (feature(glob.text()) && glob.matches(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean reads(KnownTool tool) {
    return tool.labels().isEmpty()
        ? tier() != Tier.ALLOW
        : !Collections.disjoint(labels, tool.labels().get());
  }
}
