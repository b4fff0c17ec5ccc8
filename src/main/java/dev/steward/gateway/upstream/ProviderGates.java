// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The gates of all providers that were called since the start.
public final class ProviderGates {
  private final ConcurrentHashMap<String, ProviderGate> gates = new ConcurrentHashMap<>();
  private final Duration open;

  public ProviderGates() {
    this(ProviderGate.OPEN);
  }

  /// @param open how long an open circuit waits before single calls try again
  public ProviderGates(Duration open) {
    this.open = open;
  }

  ProviderGate of(ModelProvider provider) {
    ProviderGate gate = gates.get(provider.name());
    if (gate != null && gate.limit() == provider.reach().concurrency()) {
      return gate;
    }
    return gates.compute(
        provider.name(),
        (name, old) ->
            old != null && old.limit() == provider.reach().concurrency()
                ? old
                : new ProviderGate(provider, open));
  }

  /// The gate of the provider of that name, empty before its first call.
  public Optional<ProviderGate> of(String provider) {
    return Optional.ofNullable(gates.get(provider));
  }
}
