// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Problem;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is allowed in an apply but leaves a question open: names that nobody declared.
public final class Warnings {
  private static final int KEPT_MAX = 1000;

  private final State state;
  private final Map<String, Declaration> declared;
  private final List<Problem> found = new ArrayList<>();

  /// @param declared what is in the same apply, by `Kind/name`; it may still be filled
  public Warnings(State state, Map<String, Declaration> declared) {
    this.state = state;
    this.declared = declared;
  }

  public List<Problem> found() {
    return found;
  }

  public void add(Declaration declaration) {
    switch (declaration.resource()) {
      case Agent agent -> addVersion(declaration, agent.version());
      case ToolServer server ->
          server.tools().stream()
              .flatMap(tool -> tool.sources().stream())
              .distinct()
              .filter(source -> find(DataSource.class, source).isEmpty())
              .forEach(source -> add(declaration, "spec.tools", unknownSource(source)));
      case Budget budget -> addScope(declaration, budget.scope().agent());
      case Gate gate ->
          gate.agents().names().stream()
              .filter(agent -> find(Agent.class, agent).isEmpty())
              .forEach(
                  agent -> add(declaration, "spec.agents", "no Agent " + agent + " is declared"));
      case AlertRule rule -> addRule(declaration, rule);
      case Channel channel -> {
        if (channel.events().isEmpty() && !routed(channel.name())) {
          add(
              declaration,
              "spec.events",
              "are left out and no AlertRule routes to it, so nobody is told anything through it");
        }
      }
      case DataSource _, ModelProvider _, Price _, Person _, Policy _ -> {
        // They name nothing else, or are reviewed apart.
      }
    }
  }

  private void addRule(Declaration declaration, AlertRule rule) {
    rule.agents().names().stream()
        .filter(agent -> find(Agent.class, agent).isEmpty())
        .forEach(agent -> add(declaration, "spec.agents", "no Agent " + agent + " is declared"));
    rule.channels().stream()
        .filter(channel -> find(Channel.class, channel).isEmpty())
        .forEach(channel ->
            add(
                declaration,
                "spec.routes",
                "no Channel " + channel + " is declared, so nobody is told through it"));
  }

  /// Whether a rule names the channel, in force or in the same apply.
  private boolean routed(String channel) {
    return Stream.concat(
            state.all(AlertRule.class).stream(),
            declared.values().stream()
                .map(Declaration::resource)
                .filter(AlertRule.class::isInstance)
                .map(AlertRule.class::cast))
        .anyMatch(rule -> rule.channels().contains(channel));
  }

  private void addScope(Declaration declaration, String agent) {
    if (!agent.isEmpty() && find(Agent.class, agent).isEmpty()) {
      add(declaration, "spec.scope", "no Agent " + agent + " is declared, so nobody is in scope");
    }
  }

  private void addVersion(Declaration declaration, AgentVersion version) {
    for (AgentVersion.ToolUse use : version.tools()) {
      Optional<ToolServer> server = find(ToolServer.class, use.server());
      if (server.isEmpty()) {
        add(
            declaration,
            "spec.version",
            "tools of "
                + use.server()
                + ": no such ToolServer is declared, so what data they reach is not known");
        continue;
      }
      List<String> offered = server.get().tools().stream().map(ToolServer.Tool::name).toList();
      use.tools().stream()
          .filter(tool -> !tool.equals("*") && !offered.contains(tool))
          .forEach(tool ->
              add(
                  declaration,
                  "spec.version",
                  "ToolServer " + use.server() + " declares no tool " + tool));
    }
    version.data().stream()
        .filter(use -> find(DataSource.class, use.name()).isEmpty())
        .forEach(use -> add(declaration, "spec.version", unknownSource(use.name())));
    version.delegates().stream()
        .filter(delegate -> find(Agent.class, delegate).isEmpty())
        .forEach(delegate ->
            add(declaration, "spec.version", "no Agent " + delegate + " to delegate to"));
    if (!version.fallback().isEmpty() && find(Agent.class, version.fallback()).isEmpty()) {
      add(declaration, "spec.version", "no Agent " + version.fallback() + " to fall back to");
    }
  }

  private <R extends Resource> Optional<R> find(Class<R> kind, String name) {
    Declaration here = declared.get(kind.getSimpleName() + "/" + name);
    return here == null ? state.find(kind, name) : Optional.of(kind.cast(here.resource()));
  }

  private void add(Declaration declaration, String field, String message) {
    if (found.size() < KEPT_MAX) {
      found.add(declaration.problem(field, message));
    }
  }

  private static String unknownSource(String source) {
    return "no DataSource " + source + " is declared, so its labels are not known";
  }
}
