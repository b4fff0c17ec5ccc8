// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.state;

import dev.steward.control.access.NewSecret;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.server.otlp.Senders;
import java.util.Optional;
import java.util.function.Supplier;

/// The agent keys of the State in force.
public final class StateKeys implements Senders.AgentKeys {
  private final Supplier<State> state;

  public StateKeys(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public Optional<Senders.Owner> find(String key) {
    return state
        .get()
        .agentKey(NewSecret.hashOf(key))
        .filter(AgentKey::active)
        .map(k ->
            new Senders.Owner(
                k.agent(), k.environment(), k.version().isEmpty() ? null : k.version()));
  }
}
