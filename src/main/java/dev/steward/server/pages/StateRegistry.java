// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.view.Registry;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Person;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/// The registry of the State in force, as the console reads it.
public final class StateRegistry implements Registry {
  private final Supplier<State> state;

  public StateRegistry(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public Collection<Agent> agents() {
    return state.get().agents();
  }

  @Override
  public Optional<Person> person(String nameOrId) {
    return state.get().person(nameOrId);
  }

  @Override
  public String versionInForce(String agent, String environment) {
    return state
        .get()
        .versionInForce(agent, environment)
        .map(AgentVersion::shortName)
        .orElse("undeclared");
  }
}
