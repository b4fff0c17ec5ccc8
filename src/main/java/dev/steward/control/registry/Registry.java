// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.List;

/// The answers of one State to the questions of a registry.
public final class Registry {
  private final State state;

  public Registry(State state) {
    this.state = state;
  }

  /// Agents for which all parts of the filter hold, by name.
  public List<Agent> agents(AgentFilter filter) {
    throw new UnsupportedOperationException("of State " + state.sequence());
  }

  /// The data that a version can reach, derived from its tools and data sources.
  public DataReach reach(AgentVersion version) {
    throw new UnsupportedOperationException("of State " + state.sequence());
  }
}
