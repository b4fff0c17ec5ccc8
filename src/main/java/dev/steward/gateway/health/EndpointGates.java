// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.upstream.ProviderGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The gates of the endpoints of all agents, and what they have seen of the last hour. Versions of
/// an agent that declare the same endpoint share a gate; another endpoint, such as a canary's, has
/// its own.
public final class EndpointGates implements EndpointHealth {
  private final Supplier<State> state;
  private final Duration open;
  private final InstantSource clock;
  private final ConcurrentHashMap<Key, CountedGate> gates = new ConcurrentHashMap<>();

  public EndpointGates(Supplier<State> state, InstantSource clock) {
    this(state, ProviderGate.OPEN, clock);
  }

  /// @param open how long an open circuit waits before single calls try again
  public EndpointGates(Supplier<State> state, Duration open, InstantSource clock) {
    this.state = state;
    this.open = open;
    this.clock = clock;
  }

  private record Key(String agent, Endpoint endpoint, boolean shadow) {}

  /// The gate of an agent's endpoint.
  ///
  /// @param shadow whether copies pass it, which take no place of live calls and open no circuit of
  ///   theirs
  public CountedGate of(String agent, Endpoint endpoint, boolean shadow) {
    return gates.computeIfAbsent(new Key(agent, endpoint, shadow), this::made);
  }

  private CountedGate made(Key key) {
    return new CountedGate(key.agent(), key.endpoint().reach().concurrency(), open, clock);
  }

  @Override
  public List<Health> list() {
    Map<Key, Set<String>> inForce = inForce();
    List<Health> all = new ArrayList<>();
    inForce.forEach((key, environments) -> {
      CountedGate gate = gates.get(key);
      all.add(health(key, environments, (gate == null ? made(key) : gate).health()));
    });
    gates.forEach((key, gate) -> {
      if (!inForce.containsKey(key)) {
        ToolServerHealth.Health figures = gate.health();
        if (figures.calls() + figures.inFlight() == 0) {
          gates.remove(key);
        } else {
          all.add(health(key, Set.of(), figures));
        }
      }
    });
    all.sort(Comparator.comparing(Health::agent).thenComparing(Health::url));
    return all;
  }

  private static Health health(Key key, Set<String> environments, ToolServerHealth.Health figures) {
    return new Health(key.agent(), key.endpoint().url(), new ArrayList<>(environments), figures);
  }

  private Map<Key, Set<String>> inForce() {
    State now = state.get();
    Map<Key, Set<String>> found = new HashMap<>();
    for (Agent agent : now.agents()) {
      for (String environment : now.environments(agent.name()).keySet()) {
        now.versionInForce(agent.name(), environment).stream()
            .flatMap(version -> version.endpoints().stream())
            .forEach(endpoint ->
                found
                    .computeIfAbsent(new Key(agent.name(), endpoint, false), _ -> new TreeSet<>())
                    .add(environment));
      }
    }
    return found;
  }
}
