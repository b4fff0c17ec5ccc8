// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.condition.Condition;
import dev.steward.policy.condition.Situation;
import dev.steward.policy.condition.ToolSchema;
import dev.steward.policy.condition.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All policies in force, compiled: the whole of what decides a call. It never changes; the next
/// one is another that shares what was compiled.
public final class PolicySet {
  /// No policies: no tool may be called.
  public static final PolicySet NONE =
      new PolicySet(List.of(), List.of(), Tools.NONE, new Conditions());

  private final List<Policy> policies;
  private final List<CompiledRule> rules;
  private final Tools tools;
  private final Conditions conditions;
  private final RuleIndex index;

  private PolicySet(
      List<Policy> policies, List<CompiledRule> rules, Tools tools, Conditions conditions) {
    this.policies = policies;
    this.rules = rules;
    this.tools = tools;
    this.conditions = conditions;
    this.index = new RuleIndex(rules);
  }

  public static PolicySet of(Collection<Policy> policies, Tools tools) {
    return NONE.next(policies, tools);
  }

  /// The set of these policies, which compiles again only what this one does not know.
  public PolicySet next(Collection<Policy> nextPolicies, Tools nextTools) {
    List<CompiledRule> compiled = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (Policy policy : nextPolicies) {
      for (int i = 0; i < policy.rules().size(); i++) {
        compiled.add(new CompiledRule(compiled.size(), policy, i));
        texts.add(policy.rules().get(i).when());
      }
    }
    Set<ToolSchema> schemas = new HashSet<>(Set.of(ToolSchema.NONE));
    nextTools.all().forEach(tool -> schemas.add(tool.schema()));
    return new PolicySet(
        List.copyOf(nextPolicies), compiled, nextTools, conditions.keeping(texts, schemas));
  }

  /// What policy says of the call. It depends on nothing else, and never throws: whatever goes
  /// wrong is a Deny.
  public Decision decide(Call call, Facts facts) {
    try {
      return judge(call, facts);
    } catch (RuntimeException e) {
      return new Verdict.Deny(
          Grounds.of(List.of(), "deciding failed with " + e.getClass().getSimpleName()));
    }
  }

  /// The rules that cover the call, their conditions left aside.
  public List<CompiledRule> covering(Call call) {
    return index.covering(call, tool(call));
  }

  /// Whether the caller can ever call the tool, with whatever arguments, in whatever run: some rule
  /// in force may let it through, and none denies it always.
  public boolean mayEver(Caller caller, String server, String tool) {
    Call call = new Call.ToolCall(caller, server, tool, Map.of());
    List<CompiledRule> covering = covering(call);
    boolean open = free(call, covering);
    for (CompiledRule rule : covering) {
      if (!rule.shadow()) {
        if (rule.tier() == Tier.DENY && !rule.conditional()) {
          return false;
        }
        open = open || rule.tier() != Tier.DENY;
      }
    }
    return open;
  }

  /// Whether the call needs no rule to be allowed, its conditions left aside: a model, and what a
  /// server has beside tools, for who may use one of its tools. Once a rule in force says when it
  /// may be had, it needs that rule.
  public boolean free(Call call) {
    return free(call, covering(call));
  }

  private boolean free(Call call, List<CompiledRule> covering) {
    if (!(call instanceof Call.ToolCall asked)) {
      return call instanceof Call.ModelCall;
    }
    if (tools.feature(asked.target()).isEmpty()) {
      return false;
    }
    for (CompiledRule rule : covering) {
      if (!rule.shadow() && rule.tier() != Tier.DENY) {
        return false;
      }
    }
    for (String tool : tools.of(asked.server())) {
      if (mayEver(asked.caller(), asked.server(), tool)) {
        return true;
      }
    }
    return false;
  }

  /// The rules in force that name what servers have beside tools, or everything, and are for the
  /// caller: a text that is the same as long as they are.
  public String standing(Caller caller) {
    StringBuilder standing = new StringBuilder();
    for (CompiledRule rule : rules) {
      if (!rule.shadow() && !rule.conditional() && rule.reachesFeatures() && rule.covers(caller)) {
        standing.append(rule.name()).append(' ').append(rule.tier().word()).append(' ');
        standing.append(rule.rule().target()).append('\n');
      }
    }
    return standing.toString();
  }

  /// The nearest that policies about tools come to the caller.
  public ToolScope toolScope(Caller caller) {
    return index.toolScope(caller);
  }

  /// Whether some rule in force is about the call, its condition left aside.
  public boolean speaksOf(Call call) {
    return covering(call).stream().anyMatch(rule -> !rule.shadow());
  }

  /// Whether the name fits the pattern, in which `*` stands for any text.
  public static boolean matches(String pattern, String name) {
    return Glob.of(pattern).matches(name);
  }

  public List<Policy> policies() {
    return policies;
  }

  public List<CompiledRule> rules() {
    return rules;
  }

  public Tools tools() {
    return tools;
  }

  /// How many conditions are compiled so far.
  public int compiledConditions() {
    return conditions.size();
  }

  private Decision judge(Call call, Facts facts) {
    KnownTool tool = tool(call);
    Situation situation =
        new Situation(
            call,
            facts,
            tool.effect().map(effect -> effect.word()).orElse(""),
            tool.labels().map(List::copyOf).orElse(List.of()),
            tool.schema());
    List<CompiledRule> covering = index.covering(call, tool);
    boolean free = free(call, covering);
    Judgement enforced = new Judgement(call, free);
    Judgement shadowed = new Judgement(call, free);
    for (CompiledRule rule : covering) {
      (rule.shadow() ? shadowed : enforced).add(rule, truth(rule, tool, situation));
    }
    Decision decision = enforced.decision();
    if (shadowed.nothingMatched()) {
      return decision;
    }
    Decision other = enforced.and(shadowed).decision();
    Grounds grounds = decision.grounds();
    return decision.because(
        new Grounds(grounds.rules(), grounds.reason(), Optional.of(new Grounds.Shadow(other))));
  }

  private Truth truth(CompiledRule rule, KnownTool tool, Situation situation) {
    if (!rule.conditional()) {
      return Truth.Known.YES;
    }
    Condition condition = conditions.of(rule.rule().when(), tool.schema());
    return condition.holds(situation);
  }

  private KnownTool tool(Call call) {
    return call instanceof Call.ToolCall asked
        ? tools.tool(asked.target())
        : KnownTool.undeclared("");
  }
}
