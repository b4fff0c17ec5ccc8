// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.state.State;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.upstream.ProviderGate;
import dev.steward.gateway.upstream.ProviderGates;
import dev.steward.gateway.upstream.UpstreamEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Counts how the calls of each provider go, and tells it of the last hour.
public final class UpstreamCounters implements UpstreamEvents, UpstreamHealth {
  private final Supplier<State> state;
  private final ProviderGates gates;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, LastHour> hours = new ConcurrentHashMap<>();

  public UpstreamCounters(Supplier<State> state, ProviderGates gates, InstantSource clock) {
    this.state = state;
    this.gates = gates;
    this.clock = clock;
  }

  @Override
  public void answered(ModelChoice choice, int status, Duration took) {
    LastHour hour = hour(choice);
    hour.called(choice.model(), clock.instant());
    if (status < 400) {
      hour.began(took, clock.instant());
    }
    trouble(choice, status).ifPresent(words -> hour.failed(words, clock.instant()));
  }

  @Override
  public void failed(ModelChoice choice, String reason) {
    hour(choice).called(choice.model(), clock.instant());
    hour(choice).failed(reason, clock.instant());
  }

  @Override
  public void ended(ModelChoice choice, Duration took) {
    hour(choice).ended(took, clock.instant());
  }

  @Override
  public void brokeOff(ModelChoice choice, String reason) {
    hour(choice)
        .failed("It broke off an answer of " + choice.model() + ": " + reason, clock.instant());
  }

  @Override
  public void passedOver(ModelChoice choice) {
    hour(choice).passedOver(clock.instant());
  }

  @Override
  public List<Health> list() {
    List<Health> all = new ArrayList<>();
    Set<String> declared = new HashSet<>();
    for (ModelProvider provider : state.get().all(ModelProvider.class)) {
      declared.add(provider.name());
      all.add(health(provider));
    }
    hours.keySet().retainAll(declared);
    all.sort(Comparator.comparing(Health::provider));
    return all;
  }

  private Health health(ModelProvider provider) {
    LastHour.Sums sums = hours.getOrDefault(provider.name(), new LastHour()).sums(clock.instant());
    Optional<ProviderGate> gate = gates.of(provider.name());
    return new Health(
        provider.name(),
        sums.calls(),
        sums.errors(),
        sums.firstByte().latency(),
        sums.whole().latency(),
        gate.map(ProviderGate::circuit).orElse(Circuit.CLOSED),
        gate.map(ProviderGate::inFlight).orElse(0),
        provider.reach().concurrency(),
        sums.passedOver(),
        sums.models(),
        sums.lastError());
  }

  private LastHour hour(ModelChoice choice) {
    return hours.computeIfAbsent(choice.provider().name(), _ -> new LastHour());
  }

  /// What a status says against the provider, or against what we know of it; a client's own mistake
  /// says nothing.
  private static Optional<String> trouble(ModelChoice choice, int status) {
    ModelProvider provider = choice.provider();
    String answered = "It answered " + status + " for " + choice.model() + ": ";
    return switch (status) {
      case 401, 403 ->
          Optional.of(
              answered
                  + (provider.secret().isEmpty()
                      ? "it wants a key, and no secret is named."
                      : "it does not take the key in the secret " + provider.secret() + "."));
      case 402 -> Optional.of(answered + "it wants to be paid first.");
      case 404 -> Optional.of(answered + "it has no such model, or its address is wrong.");
      case 408 -> Optional.of(answered + "it took too long.");
      case 429 -> Optional.of(answered + "it wants fewer calls.");
      case 529 -> Optional.of(answered + "it is overloaded.");
      default -> status >= 500 ? Optional.of(answered + "it failed.") : Optional.<String>empty();
    };
  }
}
