// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What stands before one provider: a limit of calls at once, and a circuit breaker that opens when
/// half of its last calls failed and lets single calls try again after a while.
public final class ProviderGate {
  private static final int CALLS_SEEN = 50;
  private static final int CALLS_LEAST = 10;
  private static final int TRIALS = 3;
  static final Duration OPEN = Duration.ofSeconds(15);

  private final int limit;
  private final Semaphore room;
  private final CircuitBreaker breaker;

  /// @param open how long it stays open before single calls try again
  ProviderGate(ModelProvider provider, Duration open) {
    limit = provider.reach().concurrency();
    room = new Semaphore(limit);
    breaker =
        CircuitBreaker.of(
            provider.name(),
            CircuitBreakerConfig.custom()
                .slidingWindow(CALLS_SEEN, CALLS_LEAST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitDurationInOpenState(open)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .build());
  }

  /// Whether a call may try.
  enum Entry {
    FREE,
    BUSY,
    OPEN
  }

  /// Takes a place; one that is FREE must be left.
  Entry enter() {
    if (!breaker.tryAcquirePermission()) {
      return Entry.OPEN;
    }
    if (!room.tryAcquire()) {
      breaker.releasePermission();
      return Entry.BUSY;
    }
    return Entry.FREE;
  }

  void leave() {
    room.release();
  }

  void answered(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(long nanos, Throwable reason) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, reason);
  }

  /// A call that tells nothing about the provider, such as one that was cut.
  void undecided() {
    breaker.releasePermission();
  }

  int limit() {
    return limit;
  }

  /// Calls that are being answered.
  public int inFlight() {
    return limit - room.availablePermits();
  }

  /// `closed`, `open` or `half-open`.
  public String circuit() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> "open";
      case HALF_OPEN -> "half-open";
      case CLOSED, DISABLED, METRICS_ONLY -> "closed";
    };
  }
}
