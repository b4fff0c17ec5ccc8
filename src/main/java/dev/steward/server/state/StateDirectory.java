// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.state;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.rollout.Assigned;
import dev.steward.gateway.rollout.Arms;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// What the State in force says of agents, as far as spans need it.
public final class StateDirectory implements AgentDirectory {
  /// The server of tools that run in the agent's own process.
  private static final String LOCAL = "local";

  private final Supplier<State> state;
  private final Arms arms;

  /// @param arms say who was given a version that is tried
  public StateDirectory(Supplier<State> state, Arms arms) {
    this.state = state;
    this.arms = arms;
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

  @Override
  public String versionFor(String agent, String environment, Assigned who, Instant began) {
    State now = state.get();
    return arms.version(now, agent, environment, who, began)
        .flatMap(version -> now.version(agent, version.hex()))
        .map(AgentVersion::shortName)
        .orElseGet(() -> versionInForce(agent, environment));
  }

  /// A tool is known by the server that the span names, else by being the only one of its name; one
  /// that the version in force has as its own is not meant.
  @Override
  public boolean behindGateway(String agent, String environment, ToolFacts tool) {
    State now = state.get();
    boolean own =
        now.versionInForce(agent, environment)
            .filter(version -> local(version, tool.name()))
            .isPresent();
    return !own
        && ToolServer.meant(now.all(ToolServer.class), tool.server(), tool.name())
            .filter(ToolServer::reachable)
            .isPresent();
  }

  private static boolean local(AgentVersion version, String tool) {
    for (AgentVersion.ToolUse use : version.tools()) {
      if (use.server().equals(LOCAL) && (use.tools().contains(tool) || use.tools().contains("*"))) {
        return true;
      }
    }
    return false;
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
