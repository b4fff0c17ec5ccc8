// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A policy as somebody may see it: with those of its agents and environments that they may see.
///
/// @param names of those that the policy names
record SeenPolicy(
    Policy policy, List<Agent> agents, List<String> names, List<String> environments) {
  SeenPolicy {
    agents = List.copyOf(agents);
    names = List.copyOf(names);
    environments = List.copyOf(environments);
  }

  /// Empty where it concerns no agent that the reader may see.
  ///
  /// @param seen the agents that the reader may see somewhere
  static Optional<SeenPolicy> of(Policy policy, Reader reader, List<Agent> seen) {
    List<Agent> governed = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<String> environments = new LinkedHashSet<>();
    for (Agent agent : seen) {
      if (policy.governs(agent)) {
        List<String> where = where(policy, reader, agent);
        if (policy.environments().isEmpty() || !where.isEmpty()) {
          governed.add(agent);
          environments.addAll(where);
        }
      }
    }
    if (reader.seesAll()) {
      return Optional.of(
          new SeenPolicy(policy, governed, policy.agents().names(), policy.environments()));
    }
    for (Agent agent : governed) {
      if (policy.agents().names().contains(agent.name())) {
        names.add(agent.name());
      }
    }
    return governed.isEmpty()
        ? Optional.empty()
        : Optional.of(new SeenPolicy(policy, governed, names, List.copyOf(environments)));
  }

  /// Those of the policy's environments in which the reader may see the agent.
  private static List<String> where(Policy policy, Reader reader, Agent agent) {
    List<String> where = new ArrayList<>();
    for (String environment : policy.environments()) {
      Target there = Target.agent(agent.name(), Scopes.team(agent), environment);
      if (reader.rights().may(Permission.READ, there)) {
        where.add(environment);
      }
    }
    return where;
  }
}
