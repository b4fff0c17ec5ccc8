// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where an agent runs in earnest: an environment of its stages canary and production with a
/// version in force.
record Place(Agent agent, String environment, AgentVersion version) {

  /// All of them; none on a server where nothing was released so far.
  static List<Place> of(State state) {
    List<Place> places = new ArrayList<>();
    for (Agent agent : state.agents()) {
      for (Stage stage : List.of(Stage.CANARY, Stage.PRODUCTION)) {
        String environment = agent.environments().name(stage);
        Optional<AgentVersion> version = state.versionInForce(agent.name(), environment);
        version.ifPresent(running -> places.add(new Place(agent, environment, running)));
      }
    }
    return places;
  }

  /// All that an answer about it hangs on, beside the agent's declaration.
  String mark() {
    Digest running = version.digest();
    return agent.name() + "\n" + environment + "\n" + running.hex();
  }

  @Override
  public String toString() {
    return agent.name() + " in " + environment;
  }
}
