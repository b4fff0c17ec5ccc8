// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.proof;

import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Regime;
import dev.steward.policy.proof.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Proves statements about what is in force in one State, or about what would be.
public final class Proofs {
  private final State state;
  private final Regime before;
  private final Regime proposed;

  private Proofs(State state, Regime before, Regime proposed) {
    this.state = state;
    this.before = before;
    this.proposed = proposed;
  }

  /// About what is in force.
  ///
  /// @param agents that are declared
  public static Proofs of(State state, Collection<Agent> agents) {
    Regime inForce = new Regime(state.policies(), agents);
    return new Proofs(state, inForce, inForce);
  }

  /// About what would be if resources were applied.
  ///
  /// @param proposed taken as if they were applied
  /// @param before those that they are compared with, none for what is in force
  public static Proofs of(State state, List<Resource> proposed, List<Resource> before) {
    return new Proofs(state, regime(state, before), regime(state, proposed));
  }

  /// What is in force with these in place of what has their names.
  public static Regime regime(State state, List<Resource> applied) {
    if (applied.isEmpty()) {
      return new Regime(state.policies(), state.agents());
    }
    List<Agent> agents = replaced(state.agents(), Agent.class, applied);
    List<Policy> policies = replaced(state.all(Policy.class), Policy.class, applied);
    List<ToolServer> servers = replaced(state.all(ToolServer.class), ToolServer.class, applied);
    return new Regime(PolicySet.of(policies, Tools.of(servers)), agents);
  }

  /// @throws ApiException NOT_FOUND when there is no such agent, version, tool or label
  public Conclusion conclude(Statement statement) {
    return switch (statement) {
      case Statement.Never never ->
          new Conclusion.Searched(never, new Prover(proposed).prove(never));
      case Statement.NothingNew same ->
          new Conclusion.Compared(same, Comparison.between(before, proposed));
      case Statement.NothingMore more -> {
        Agent agent =
            proposed
                .agent(more.agent())
                .orElseThrow(() ->
                    new ApiException(ErrorCode.NOT_FOUND, "there is no agent " + more.agent()));
        Agent is =
            more.version().isEmpty() ? agent : agent.in(version(more.agent(), more.version()));
        Agent was = agent.in(version(more.agent(), more.before()));
        yield new Conclusion.Compared(
            more,
            Comparison.between(
                new Regime(proposed.policies(), List.of(was)),
                new Regime(proposed.policies(), List.of(is))));
      }
    };
  }

  private AgentVersion version(String agent, String digestStart) {
    return state
        .version(agent, digestStart)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "agent "
                    + agent
                    + " has no version whose digest begins with "
                    + digestStart
                    + "; its page in the console and GET /api/v1/agents/NAME/versions name them"));
  }

  private static <R extends Resource> List<R> replaced(
      Collection<R> inForce, Class<R> kind, List<Resource> applied) {
    Map<String, R> byName = new LinkedHashMap<>();
    inForce.forEach(resource -> byName.put(resource.name(), resource));
    for (Resource resource : applied) {
      if (kind.isInstance(resource)) {
        byName.put(resource.name(), kind.cast(resource));
      }
    }
    return new ArrayList<>(byName.values());
  }
}
