// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.trace.AgentDirectory;
import java.util.Optional;
import java.util.function.Supplier;

/// What the State in force says of agents, as far as spans need it.
final class StateDirectory implements AgentDirectory {
  private final Supplier<State> state;

  StateDirectory(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public Optional<Listing> find(String agent) {
    return state.get().agent(agent).map(StateDirectory::listing);
  }

  @Override
  public String versionInForce(String agent, String environment) {
    return state
        .get()
        .versionInForce(agent, environment)
        .map(AgentVersion::shortName)
        .orElse("undeclared");
  }

  private static Listing listing(Agent agent) {
    return new Listing(
        agent.name(),
        agent.workflows().size() == 1 ? agent.workflows().getFirst() : "",
        agent.metadata().labels().getOrDefault("team", ""),
        agent.oversight() == Agent.Oversight.GOVERNED,
        agent.outcomes().stream().map(r -> new OutcomeRule(r.tool(), r.label())).toList());
  }
}
