// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.KnownTool;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Aim.Delegate;
import dev.steward.policy.proof.Aim.Model;
import dev.steward.policy.proof.Aim.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that rules can tell apart: every name that is declared or written somewhere, and those that
/// stand for all others. See RATIONALE.md for why these are enough.
final class Universe {
  /// Stands for every environment that no policy names.
  static final String OTHER_ENVIRONMENT = "any other";

  private static final String OTHER = "any other";

  /// Stands for every tool that an agent runs by itself and that nobody named.
  static final String OTHER_TOOL = "local/any other";

  /// Before the tools that agents run by themselves.
  private static final String LOCAL = "local/";

  /// All that a server may ask.
  private static final List<String> ASKED = List.of("elicitation", "roots", "sampling");

  private final Set<String> environments = new TreeSet<>(List.of(OTHER_ENVIRONMENT));
  private final Set<String> tools = new TreeSet<>(List.of(OTHER_TOOL));
  private final Set<String> models = new TreeSet<>();
  private final Set<String> delegates = new TreeSet<>();
  private final Set<String> servers = new TreeSet<>();
  private final Set<String> patterns = new TreeSet<>();
  private final Set<String> delegatePatterns = new TreeSet<>();

  Universe(Regime... regimes) {
    this(List.of(), regimes);
  }

  /// @param asked names and patterns of tools that are asked about beside those that are written
  Universe(Collection<String> asked, Regime... regimes) {
    for (Regime regime : regimes) {
      for (KnownTool tool : regime.policies().tools().all()) {
        tools.add(tool.name());
      }
      for (String server : regime.policies().tools().servers()) {
        servers.add(server);
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
    patterns.addAll(asked);
    standForOthers();
  }

  /// Adds a name for each way in which names that nobody declares fit some patterns and not others.
  private void standForOthers() {
    for (String server : servers) {
      stand(server + "/" + Feature.RESOURCE.named(""), patterns, tools);
      stand(server + "/" + Feature.PROMPT.named(""), patterns, tools);
      standAsked(server + "/" + Feature.ASKS.named(""));
    }
    Set<String> ofTools = new TreeSet<>(patterns);
    ofTools.removeIf(Universe::feature);
    stand(LOCAL, ofTools, tools);
    stand("", delegatePatterns, delegates);
  }

  private void standAsked(String prefix) {
    Set<Set<String>> fitted = new HashSet<>();
    for (String name : tools) {
      if (name.startsWith(prefix)) {
        fitted.add(fitting(name));
      }
    }
    for (String asked : ASKED) {
      if (fitted.add(fitting(prefix + asked))) {
        tools.add(prefix + asked);
      }
    }
  }

  private Set<String> fitting(String name) {
    Set<String> fitting = new HashSet<>(patterns);
    fitting.removeIf(pattern -> !PolicySet.matches(pattern, name));
    return fitting;
  }

  private static void stand(String prefix, Set<String> patterns, Set<String> names) {
    List<String> known = names.stream().filter(name -> name.startsWith(prefix)).toList();
    names.addAll(Witnesses.of(prefix, patterns, known));
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
      case Target.Tools(List<String> named, var _, var _) -> named.forEach(this::addTool);
      // A pattern is itself a name that it fits, and no narrower pattern does.
      case Target.Models(List<String> named) -> models.addAll(named);
      case Target.Delegates(List<String> named) -> {
        delegatePatterns.addAll(named);
        delegates.addAll(named);
      }
    }
  }

  private void addTool(String written) {
    patterns.add(written);
    boolean feature = feature(written);
    boolean anyServer = written.substring(0, written.indexOf('/') + 1).indexOf('*') >= 0;
    if (feature && !anyServer) {
      servers.add(written.substring(0, written.indexOf('/')));
    }
    // A pattern of resources is itself a name that it fits.
    if (written.indexOf('*') < 0 || (feature && !anyServer)) {
      tools.add(written);
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
