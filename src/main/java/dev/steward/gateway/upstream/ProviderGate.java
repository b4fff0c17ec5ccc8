// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.domain.resource.ModelProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What stands before one provider or tool server: a limit of calls at once, and a circuit breaker
/// that opens when half of its last calls failed and lets single calls try again after a while.
public final class ProviderGate {
  private static final int CALLS_SEEN = 50;
  private static final int CALLS_LEAST = 10;
  private static final int TRIALS = 3;
  public static final Duration OPEN = Duration.ofSeconds(15);

  private final int limit;
  private final Duration open;
  private final Semaphore room;
  private final CircuitBreaker breaker;
  private volatile long openedNanos;

  /// @param open how long it stays open before single calls try again
  ProviderGate(ModelProvider provider, Duration open) {
    this(provider.name(), provider.reach().concurrency(), open);
  }

  /// @param limit calls at once
  /// @param open how long it stays open before single calls try again
  public ProviderGate(String name, int limit, Duration open) {
    this.open = open;
    this.limit = limit;
    room = new Semaphore(limit);
    breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(CALLS_SEEN, CALLS_LEAST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitDurationInOpenState(open)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> {
          if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
            openedNanos = System.nanoTime();
          }
        });
  }

  /// Whether a call may try.
  public enum Entry {
    FREE,
    BUSY,
    OPEN
  }

  /// Takes a place; one that is FREE must be left.
  public Entry enter() {
    if (!breaker.tryAcquirePermission()) {
      return Entry.OPEN;
    }
    if (!room.tryAcquire()) {
      breaker.releasePermission();
      return Entry.BUSY;
    }
    return Entry.FREE;
  }

  public void leave() {
    room.release();
  }

  public void answered(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  public void failed(long nanos, Throwable reason) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, reason);
  }

  /// A call that tells nothing about the provider, such as one that was cut.
  public void undecided() {
    breaker.releasePermission();
  }

  public int limit() {
    return limit;
  }

  /// Calls that are being answered.
  public int inFlight() {
    return limit - room.availablePermits();
  }

  /// How long it is until a single call may try whether the other side is back, empty where calls
  /// may.
  public Optional<Duration> untilProbe() {
    long left = openedNanos + open.toNanos() - System.nanoTime();
    return circuit() == Circuit.OPEN
        ? Optional.of(Duration.ofNanos(Math.max(0, left)))
        : Optional.empty();
  }

  /// Whether calls are let through.
  public Circuit circuit() {
    return switch (breaker.getState()) {
      // The breaker moves on only with the next call, which may be long in coming.
      case OPEN, FORCED_OPEN ->
          System.nanoTime() - openedNanos < open.toNanos() ? Circuit.OPEN : Circuit.HALF_OPEN;
      case HALF_OPEN -> Circuit.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> Circuit.CLOSED;
    };
  }
}
