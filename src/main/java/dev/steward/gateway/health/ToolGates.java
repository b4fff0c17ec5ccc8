// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.state.State;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.upstream.ProviderGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The gates of all tool servers, and what they have seen of the last hour.
public final class ToolGates implements ToolServerHealth {
  private final Supplier<State> state;
  private final Duration open;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, CountedGate> gates = new ConcurrentHashMap<>();

  public ToolGates(Supplier<State> state, InstantSource clock) {
    this(state, ProviderGate.OPEN, clock);
  }

  /// @param open how long an open circuit waits before single calls try again
  public ToolGates(Supplier<State> state, Duration open, InstantSource clock) {
    this.state = state;
    this.open = open;
    this.clock = clock;
  }

  /// The gate of a server, as it is declared now.
  public ToolGate of(ToolServer server) {
    return new ToolGate(server.name(), gate(server));
  }

  private CountedGate gate(ToolServer server) {
    int limit = server.reach().concurrency();
    return gates.compute(
        server.name(),
        (name, old) ->
            old == null ? new CountedGate(name, limit, open, clock) : old.with(limit, open));
  }

  @Override
  public List<Health> list() {
    List<Health> all = new ArrayList<>();
    Set<String> declared = new HashSet<>();
    for (ToolServer server : state.get().all(ToolServer.class)) {
      declared.add(server.name());
      if (server.reachable()) {
        all.add(gate(server).health());
      }
    }
    gates.keySet().retainAll(declared);
    all.sort(Comparator.comparing(Health::name));
    return all;
  }
}
