// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.KnownTool;
import dev.steward.policy.proof.Aim.Delegate;
import dev.steward.policy.proof.Aim.Model;
import dev.steward.policy.proof.Aim.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that rules can tell apart: every name that is declared or written somewhere, and one that
/// stands for all others. See RATIONALE.md for why one is enough.
final class Universe {
  /// Stands for every environment that no policy names.
  static final String OTHER_ENVIRONMENT = "any other";

  private static final String OTHER = "any other";

  /// Stands for every tool that an agent runs by itself and that nobody named.
  static final String OTHER_TOOL = "local/any other";

  private final Set<String> environments = new TreeSet<>(List.of(OTHER_ENVIRONMENT));
  private final Set<String> tools = new TreeSet<>(List.of(OTHER_TOOL));
  private final Set<String> models = new TreeSet<>();
  private final Set<String> delegates = new TreeSet<>();

  Universe(Regime... regimes) {
    for (Regime regime : regimes) {
      for (KnownTool tool : regime.policies().tools().all()) {
        tools.add(tool.name());
      }
      for (String server : regime.policies().tools().servers()) {
        for (Feature feature : Feature.values()) {
          tools.add(server + "/" + feature.named(OTHER));
        }
      }
      for (Policy policy : regime.policies().policies()) {
        environments.addAll(policy.environments());
        policy.rules().forEach(this::add);
      }
      regime.agents().forEach(this::add);
    }
  }

  Set<String> environments() {
    return environments;
  }

  /// Every tool that is declared, that a rule or a version names, and any other.
  Set<String> tools() {
    return tools;
  }

  /// All that an agent may call.
  ///
  /// @param was the agent before, empty where there was none
  /// @param is the agent after, empty where it is gone
  Set<Aim> aims(Optional<Agent> was, Optional<Agent> is) {
    Set<Aim> aims = new LinkedHashSet<>();
    tools.forEach(tool -> aims.add(new Tool(tool)));
    models.forEach(model -> aims.add(new Model(model, "")));
    was.ifPresent(agent -> aims.addAll(models(agent)));
    is.ifPresent(agent -> aims.addAll(models(agent)));
    delegates.forEach(delegate -> aims.add(new Delegate(delegate)));
    return aims;
  }

  private static List<Aim> models(Agent agent) {
    List<Aim> models = new ArrayList<>();
    for (ModelUse use : agent.version().models()) {
      models.add(new Model(use.model(), use.provider()));
    }
    return models;
  }

  private void add(Policy.Rule rule) {
    switch (rule.target()) {
      case Target.Tools(List<String> named, var _, var _) -> {
        for (String tool : named) {
          // A pattern of resources is itself a name that it fits.
          if (tool.indexOf('*') < 0 || feature(tool)) {
            tools.add(tool);
          }
        }
      }
      // A pattern is itself a name that it fits, and no narrower pattern does.
      case Target.Models(List<String> named) -> models.addAll(named);
      case Target.Delegates(List<String> named) -> delegates.addAll(named);
    }
  }

  /// Whether it is a name or a pattern of what a server has beside tools, whose names nobody
  /// declares.
  static boolean feature(String tool) {
    return Feature.of(tool.substring(tool.indexOf('/') + 1)).isPresent();
  }

  private void add(Agent agent) {
    delegates.add(agent.name());
    delegates.addAll(agent.version().delegates());
    for (ToolUse use : agent.version().tools()) {
      for (String tool : use.tools()) {
        if (tool.indexOf('*') < 0) {
          tools.add(use.server() + "/" + tool);
        }
      }
    }
  }
}
