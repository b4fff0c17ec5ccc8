// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.release.Pins;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.control.tool.LiveTool;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds what concerns a version of an agent in an environment beside the version itself.
public final class Pinning {
  private static final String TOOL = "Tool";

  private final State state;

  public Pinning(State state) {
    this.state = state;
  }

  /// What is declared now, the agent itself with its owner, risk, labels and environments among it.
  public Pins of(Agent agent, AgentVersion version, String environment) {
    Map<String, Digest> bodies = new TreeMap<>();
    pin(agent, bodies);
    for (Policy policy : state.all(Policy.class)) {
      if (concerns(policy, agent, environment)) {
        pin(policy, bodies);
      }
    }
    for (Budget budget : state.all(Budget.class)) {
      if (concerns(budget.scope(), agent, environment)) {
        pin(budget, bodies);
      }
    }
    for (Gate gate : state.all(Gate.class)) {
      if (gate.meets(agent, environment)) {
        pin(gate, bodies);
      }
    }
    for (AgentVersion.ToolUse use : version.tools()) {
      state.find(ToolServer.class, use.server()).ifPresent(server -> pin(server, use, bodies));
    }
    for (AgentVersion.DataUse use : version.data()) {
      state.find(DataSource.class, use.name()).ifPresent(source -> pin(source, bodies));
    }
    return new Pins(bodies);
  }

  /// A resource as it was when it was pinned, empty when it never was so.
  ///
  /// @param pinned as `Kind/name`
  public Optional<Resource> asPinned(String pinned, Digest body) {
    String kind = kind(pinned);
    String name = name(pinned);
    for (Revision revision : state.history(kind, name).reversed()) {
      if (body.equals(revision.body())) {
        return Optional.of(state.read(kind, name, revision));
      }
    }
    return Optional.empty();
  }

  /// Whether a rollback declares it again. Who answers for an agent and what it is held to be are
  /// of today, whichever version runs.
  static boolean comesBack(String pinned) {
    return !kind(pinned).equals(Agent.class.getSimpleName()) && !definition(pinned);
  }

  /// Whether it is what a tool says of itself. That is its server's to change: the earlier words
  /// declared again would only hide the tool.
  static boolean definition(String pinned) {
    return kind(pinned).equals(TOOL);
  }

  static String kind(String pinned) {
    return pinned.substring(0, pinned.indexOf('/'));
  }

  static String name(String pinned) {
    return pinned.substring(pinned.indexOf('/') + 1);
  }

  private void pin(Resource resource, Map<String, Digest> bodies) {
    state
        .bodyOf(resource.kind(), resource.name())
        .ifPresent(body -> bodies.put(resource.kind() + "/" + resource.name(), body));
  }

  private static void pin(ToolServer server, AgentVersion.ToolUse use, Map<String, Digest> bodies) {
    for (String name : use.tools()) {
      server
          .tool(name)
          .ifPresent(
              tool -> bodies.put(TOOL + "/" + server.name() + "/" + name, LiveTool.pin(tool)));
    }
  }

  private static boolean concerns(Policy policy, Agent agent, String environment) {
    return policy.agents().selects(agent.name(), agent.metadata().labels())
        && (policy.environments().isEmpty() || policy.environments().contains(environment))
        && within(policy.workflows(), agent.workflows());
  }

  private static boolean within(List<String> wanted, List<String> workflows) {
    return wanted.isEmpty() || !Collections.disjoint(wanted, workflows);
  }

  /// Whether a budget pays for calls of the agent there, of some workflow at least.
  public static boolean concerns(Budget.Scope scope, Agent agent, String environment) {
    return (scope.agent().isEmpty() || scope.agent().equals(agent.name()))
        && (scope.environment().isEmpty() || scope.environment().equals(environment))
        && (scope.workflow().isEmpty() || agent.workflows().contains(scope.workflow()))
        && scope.run().isEmpty()
        && agent.metadata().labels().entrySet().containsAll(scope.labels().entrySet());
  }

  /// Whether a budget pays for every call of the agent there.
  static boolean pays(Budget.Scope scope, Agent agent, String environment) {
    return !scope.shadow() && whole(scope, agent, environment);
  }

  /// Whether a budget pays for all copies of live calls of the agent there.
  public static boolean paysForShadow(State state, Agent agent, String environment) {
    return state.all(Budget.class).stream()
        .map(Budget::scope)
        .anyMatch(scope -> scope.shadow() && whole(scope, agent, environment));
  }

  private static boolean whole(Budget.Scope scope, Agent agent, String environment) {
    return scope.workflow().isEmpty() && concerns(scope, agent, environment);
  }
}
