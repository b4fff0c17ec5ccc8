// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.access.Scopes;
import dev.steward.control.incident.Concern;
import dev.steward.control.registry.DataReach;
import dev.steward.control.registry.Registry;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.trace.run.RunCost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What may be affected, as far as the registry knows: what the agents of an incident and of its
/// runs can reach. What other agents did with it is not followed.
///
/// @param agents each with its version, in the places that the incident is about
/// @param neighbours agents that these may ask, or that may ask these, with why; those that the
///   reader may see
/// @param tools that they may call, as `server/tool`, with the agents
/// @param data sources that they reach, with the agents
/// @param labels of those sources, as `label=value`
/// @param unknown servers and tools that nobody declared, so their reach is not known
/// @param people who answer for any of it, with what
/// @param spend of the runs
record BlastRadius(
    List<Reached> agents,
    SortedMap<String, SortedSet<String>> neighbours,
    SortedMap<String, SortedSet<String>> tools,
    SortedMap<String, SortedSet<String>> data,
    SortedSet<String> labels,
    SortedSet<String> unknown,
    SortedMap<String, SortedSet<String>> people,
    RunCost spend) {

  /// An agent in a place.
  ///
  /// @param version in force there, else the one declared last
  record Reached(Concern concern, AgentVersion version) {}

  static BlastRadius of(IncidentStory story, State state, Reading reading) {
    Set<Concern> concerns = new LinkedHashSet<>(story.incident().agents());
    RunCost spend = RunCost.NONE;
    for (AffectedRun affected : story.runs()) {
      spend = spend.plus(affected.run().cost());
      if (!story.incident().about(affected.run().agent())) {
        concerns.add(new Concern(affected.run().agent(), affected.run().environment()));
      }
    }
    BlastRadius radius =
        new BlastRadius(
            concerns.stream().flatMap(concern -> reached(concern, state).stream()).toList(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeMap<>(),
            spend);
    Registry registry = new Registry(state);
    for (Reached reached : radius.agents()) {
      radius.add(reached, registry.reach(reached.version()), state, reading);
    }
    return radius;
  }

  private static Optional<Reached> reached(Concern concern, State state) {
    Optional<AgentVersion> here = state.versionInForce(concern.agent(), concern.environment());
    return here.or(() -> state.agent(concern.agent()).map(Agent::version))
        .map(version -> new Reached(concern, version));
  }

  private void add(Reached reached, DataReach reach, State state, Reading reading) {
    String agent = reached.concern().agent();
    state.agent(agent).ifPresent(known -> owner(known, "agent " + agent, state));
    for (String asked : reached.version().delegates()) {
      neighbour(asked, "asked by " + agent, reading);
    }
    for (Agent other : state.agents()) {
      if (other.version().delegates().contains(agent)) {
        neighbour(other.name(), "asks " + agent, reading);
      }
    }
    for (ToolUse use : reached.version().tools()) {
      use.tools().forEach(tool -> add(tools, use.server() + "/" + tool, agent));
      state
          .find(ToolServer.class, use.server())
          .ifPresent(server -> owner(server, "tool server " + server.name(), state));
    }
    for (String source : reach.sources().keySet()) {
      add(data, source, agent);
      state
          .find(DataSource.class, source)
          .ifPresent(known -> owner(known, "data source " + source, state));
    }
    labels.addAll(reach.labels());
    unknown.addAll(reach.unknown());
  }

  private void neighbour(String agent, String why, Reading reading) {
    boolean own = agents.stream().anyMatch(each -> each.concern().agent().equals(agent));
    if (!own && (reading.seesAll() || reading.sees(agent, ""))) {
      add(neighbours, agent, why);
    }
  }

  private void owner(Resource resource, String what, State state) {
    String owner = Scopes.owner(resource);
    if (!owner.isEmpty()) {
      add(people, state.person(owner).map(ActorName::of).orElse(owner), what);
    }
  }

  private static void add(SortedMap<String, SortedSet<String>> all, String key, String more) {
    all.computeIfAbsent(key, _ -> new TreeSet<>()).add(more);
  }
}
