// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.LoopRule;
import dev.steward.domain.call.Effect;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rules of what agents may do and from when on their runs go round, and for which agents,
/// environments and workflows they hold.
///
/// @param environments where it holds; none for everywhere
/// @param workflows whose agents it is for; none for all
/// @param loops limits that hold in place of those of the agents' versions
public record Policy(
    Metadata metadata,
    Mode mode,
    AgentScope agents,
    List<String> environments,
    List<String> workflows,
    List<Rule> rules,
    Map<LoopRule, LoopRule.Limit> loops)
    implements Resource {
  public Policy {
    environments = List.copyOf(environments);
    workflows = List.copyOf(workflows);
    rules = List.copyOf(rules);
    loops = Map.copyOf(loops);
  }

  /// One that says nothing of loops.
  public Policy(
      Metadata metadata,
      Mode mode,
      AgentScope agents,
      List<String> environments,
      List<String> workflows,
      List<Rule> rules) {
    this(metadata, mode, agents, environments, workflows, rules, Map.of());
  }

  /// Whether what it says is applied, or only recorded.
  public enum Mode {
    ENFORCE,
    SHADOW
  }

  /// The agents that are meant: one of the names, where there are names, with all of the labels.
  public record AgentScope(List<String> names, Map<String, String> labels) {
    public static final AgentScope ALL = new AgentScope(List.of(), Map.of());

    public AgentScope {
      names = List.copyOf(names);
      labels = Map.copyOf(labels);
    }

    public boolean selects(String agent, Map<String, String> having) {
      return (names.isEmpty() || names.contains(agent))
          && having.entrySet().containsAll(labels.entrySet());
    }
  }

  /// One rule.
  ///
  /// @param name "" when it has none
  /// @param when condition in CEL, "" for always
  public record Rule(
      String name,
      Tier tier,
      Target target,
      String when,
      ApprovalTerms terms,
      Obligations obligations) {}

  /// What a rule is about.
  public sealed interface Target {
    /// Tools by name, effect and labels of what they read; all that are given must fit.
    ///
    /// @param tools as `server/tool`, where `*` stands for any text; none for all
    /// @param effects one of which the tool must have; none for any
    /// @param labels one of which it must read; none for any
    record Tools(List<String> tools, List<Effect> effects, List<String> labels) implements Target {
      public Tools {
        tools = List.copyOf(tools);
        effects = List.copyOf(effects);
        labels = List.copyOf(labels);
      }

      public Tools(List<String> tools, List<Effect> effects) {
        this(tools, effects, List.of());
      }
    }

    /// @param models by name, where `*` stands for any text
    record Models(List<String> models) implements Target {
      public Models {
        models = List.copyOf(models);
      }
    }

    /// @param agents to be asked, by name, where `*` stands for any text
    record Delegates(List<String> agents) implements Target {
      public Delegates {
        agents = List.copyOf(agents);
      }
    }
  }

  /// Whether it holds there: each is one of its environments and workflows, where it names any.
  ///
  /// @param workflow that is known, or all that the agent has
  public boolean holdsIn(String environment, Set<String> workflow) {
    return (environments.isEmpty() || environments.contains(environment))
        && (workflows.isEmpty() || workflow.stream().anyMatch(workflows::contains));
  }

  /// The name of the rule at the place, counted from 0.
  public RuleName nameOf(int place) {
    String name = rules.get(place).name();
    return new RuleName(name(), name.isEmpty() ? Integer.toString(place + 1) : name);
  }

  /// Whether it is for the agent, in some environment.
  public boolean governs(Agent agent) {
    return agents.selects(agent.name(), agent.metadata().labels())
        && (workflows.isEmpty() || agent.workflows().stream().anyMatch(workflows::contains));
  }
}
