// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.ToolServer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What the proof before a release is about, as one State has it.
///
/// @param running the version that runs there now, empty for none
/// @param statements that must hold as well
public record ProofQuestion(
    State state,
    Agent agent,
    AgentVersion candidate,
    Optional<AgentVersion> running,
    String environment,
    List<String> statements) {
  public ProofQuestion {
    statements = List.copyOf(statements);
  }

  /// All that the answer hangs on: questions with the same basis have the same answer.
  public Basis basis() {
    return new Basis(
        state.revisionOf(Policy.class.getSimpleName()),
        state.revisionOf(ToolServer.class.getSimpleName()),
        agents(),
        candidate.digest(),
        running.map(AgentVersion::digest),
        environment,
        statements);
  }

  /// A statement may be about every agent.
  private Object agents() {
    String kind = Agent.class.getSimpleName();
    return statements.isEmpty()
        ? agent.name() + state.bodyOf(kind, agent.name()).map(Digest::hex).orElse("")
        : state.revisionOf(kind);
  }

  /// What an answer was found for. Policies, tool servers and agents are compared by being the same
  /// object, which costs the same however many there are.
  public static final class Basis {
    private final Object policies;
    private final Object servers;
    private final Object agents;
    private final List<Object> rest;

    private Basis(
        Object policies,
        Object servers,
        Object agents,
        Digest candidate,
        Optional<Digest> running,
        String environment,
        List<String> statements) {
      this.policies = policies;
      this.servers = servers;
      this.agents = agents;
      this.rest = List.of(candidate, running, environment, statements);
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
}
