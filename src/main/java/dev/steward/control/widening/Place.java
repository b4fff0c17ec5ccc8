// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;

/// Where an agent runs in earnest: an environment of its stages canary and production with a
/// version in force.
///
/// @param running digest of that version
record Place(State state, Agent agent, String environment, Digest running) {

  /// All of them; none on a server where nothing was released so far.
  static List<Place> of(State state) {
    List<Place> places = new ArrayList<>();
    for (Agent agent : state.agents()) {
      for (Stage stage : List.of(Stage.CANARY, Stage.PRODUCTION)) {
        String environment = agent.environments().name(stage);
        Digest running = state.environments(agent.name()).get(environment);
        if (running != null) {
          places.add(new Place(state, agent, environment, running));
        }
      }
    }
    return places;
  }

  /// The version that runs, which may have to be read first.
  AgentVersion version() {
    return state.versionInForce(agent.name(), environment).orElseThrow();
  }

  /// All that an answer about it hangs on, beside the agent's declaration.
  String mark() {
    return agent.name() + "\n" + environment + "\n" + running.hex();
  }

  @Override
  public String toString() {
    return agent.name() + " in " + environment;
  }
}
