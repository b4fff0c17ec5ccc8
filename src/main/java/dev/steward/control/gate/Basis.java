// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.ToolServer;
import java.util.List;
import java.util.Objects;

/// What an answer was found for. Policies, tool servers and agents are compared by being the same
/// object, which costs the same however many there are.
public final class Basis {
  private final Object policies;
  private final Object servers;
  private final Object agents;
  private final List<Object> rest;

  /// @param agents a text, or what stands for all agents as they are declared
  public Basis(State state, Object agents, List<Object> rest) {
    this.policies = state.revisionOf(Policy.class.getSimpleName());
    this.servers = state.revisionOf(ToolServer.class.getSimpleName());
    this.agents = agents;
    this.rest = List.copyOf(rest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Basis basis
        && policies == basis.policies
        && servers == basis.servers
        && sameAgents(basis)
        && rest.equals(basis.rest);
  }

  private boolean sameAgents(Basis other) {
    return agents instanceof String ? agents.equals(other.agents) : agents == other.agents;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        System.identityHashCode(policies),
        System.identityHashCode(servers),
        agents instanceof String ? agents.hashCode() : System.identityHashCode(agents),
        rest);
  }
}
