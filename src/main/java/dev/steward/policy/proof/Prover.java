// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.KnownTool;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Proof.Counterexample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Searches all truth values of all conditions for a call that goes through. See RATIONALE.md for
/// why few of them need to be tried.
public final class Prover {
  /// Stands for every environment that no policy names.
  public static final String ANY_OTHER = "any other";

  private final PolicySet policies;
  private final Collection<Agent> agents;

  public Prover(PolicySet policies, Collection<Agent> agents) {
    this.policies = policies;
    this.agents = agents;
  }

  /// @throws ApiException NOT_FOUND when there is no such agent or tool
  public Proof prove(Statement statement) {
    Tier bound = statement.withoutApproval() ? Tier.REQUIRE_APPROVAL : Tier.DENY;
    Set<String> environments =
        statement.environment().map(Set::of).orElseGet(() -> environments(policies));
    Set<String> tools = tools(statement.tool());
    long cases = 0;
    for (Agent agent : agents(statement.agent())) {
      for (String tool : tools) {
        for (String environment : environments) {
          Case asked = Case.of(policies.covering(call(agent, tool, environment)));
          cases++;
          for (Set<String> holding : suppositions(asked.conditions(), false)) {
            Tier outcome = asked.outcome(holding);
            if (outcome.compareTo(bound) < 0) {
              return refuted(agent, tool, environment, asked, holding);
            }
          }
        }
      }
    }
    return new Proof.Proved(cases);
  }

  /// Whether these policies allow nothing that the ones before did not, to any agent.
  public Proof proveNothingNew(PolicySet before) {
    Set<String> environments = new TreeSet<>(environments(policies));
    environments.addAll(environments(before));
    Set<String> tools = named(policies);
    tools.addAll(named(before));
    long cases = 0;
    for (Agent agent : agents) {
      for (String tool : tools) {
        for (String environment : environments) {
          Call call = call(agent, tool, environment);
          Case now = Case.of(policies.covering(call));
          Case then = Case.of(before.covering(call));
          cases++;
          Set<String> conditions = new TreeSet<>(now.conditions());
          conditions.addAll(then.conditions());
          for (Set<String> holding : suppositions(conditions, true)) {
            if (now.outcome(holding).compareTo(then.outcome(holding)) < 0) {
              return refuted(agent, tool, environment, now, holding);
            }
          }
        }
      }
    }
    return new Proof.Proved(cases);
  }

  private static Proof refuted(
      Agent agent, String tool, String environment, Case asked, Set<String> holding) {
    Tier outcome = asked.outcome(holding);
    return new Proof.Refuted(
        new Counterexample(
            agent.name(),
            tool,
            environment,
            outcome,
            asked.making(outcome, holding),
            asked.suppositions(holding)));
  }

  /// Sets of conditions that hold, of at most one or two members.
  private static List<Set<String>> suppositions(Set<String> conditions, boolean pairs) {
    List<Set<String>> sets = new ArrayList<>();
    sets.add(Set.of());
    List<String> each = List.copyOf(conditions);
    for (int i = 0; i < each.size(); i++) {
      sets.add(Set.of(each.get(i)));
      for (int j = i + 1; pairs && j < each.size(); j++) {
        sets.add(Set.of(each.get(i), each.get(j)));
      }
    }
    return sets;
  }

  private Collection<Agent> agents(String name) {
    if (name.equals("*")) {
      return agents;
    }
    for (Agent agent : agents) {
      if (agent.name().equals(name)) {
        return List.of(agent);
      }
    }
    throw new ApiException(
        ErrorCode.NOT_FOUND, "there is no agent " + name + "; a proof needs its labels");
  }

  private Set<String> tools(String pattern) {
    if (pattern.indexOf('*') < 0) {
      if (!named(policies).contains(pattern)) {
        throw new ApiException(
            ErrorCode.NOT_FOUND,
            "no ToolServer declares and no rule names the tool "
                + pattern
                + ", so that a proof about it would say nothing");
      }
      return Set.of(pattern);
    }
    Set<String> tools = new TreeSet<>();
    for (String tool : named(policies)) {
      if (PolicySet.matches(pattern, tool)) {
        tools.add(tool);
      }
    }
    if (tools.isEmpty()) {
      throw new ApiException(ErrorCode.NOT_FOUND, "no tool is named like " + pattern);
    }
    return tools;
  }

  /// Every tool that is declared or that a rule names; another one is never called.
  private static Set<String> named(PolicySet policies) {
    Set<String> tools = new TreeSet<>();
    for (KnownTool tool : policies.tools().all()) {
      tools.add(tool.name());
    }
    for (Policy policy : policies.policies()) {
      for (Policy.Rule rule : policy.rules()) {
        if (rule.target() instanceof Target.Tools(List<String> named, var _, var _)) {
          for (String tool : named) {
            if (tool.indexOf('*') < 0) {
              tools.add(tool);
            }
          }
        }
      }
    }
    return tools;
  }

  private static Set<String> environments(PolicySet policies) {
    Set<String> environments = new TreeSet<>();
    environments.add(ANY_OTHER);
    for (Policy policy : policies.policies()) {
      environments.addAll(policy.environments());
    }
    return environments;
  }

  private static Call call(Agent agent, String tool, String environment) {
    int slash = tool.indexOf('/');
    return new Call.ToolCall(
        new Caller(
            agent.name(),
            "",
            environment,
            agent.metadata().labels(),
            agent.risk().name().toLowerCase(Locale.ROOT),
            Set.copyOf(agent.workflows()),
            List.of()),
        tool.substring(0, slash),
        tool.substring(slash + 1),
        Map.of());
  }
}
