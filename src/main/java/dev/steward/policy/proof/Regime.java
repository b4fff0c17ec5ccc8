// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.resource.Agent;
import dev.steward.policy.PolicySet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Policies, the tools that they know, and the agents under them, each in one version.
public record Regime(PolicySet policies, List<Agent> agents) {
  public Regime {
    agents = List.copyOf(agents);
  }

  public Regime(PolicySet policies, Collection<Agent> agents) {
    this(policies, List.copyOf(agents));
  }

  public Optional<Agent> agent(String name) {
    return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
  }
}
