// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the model providers answer.
public interface UpstreamHealth {
  /// Nobody is called: a server without a gateway.
  UpstreamHealth NONE = List::of;

  /// By name of the provider.
  List<Health> list();

  /// Figures of one provider, since the start or over the recent calls that are kept.
  ///
  /// @param p50 latency to the end of the answer, empty before the first
  /// @param fallbacksTaken calls that went elsewhere because this one could not be used
  record Health(
      String provider,
      long calls,
      long errors,
      Optional<Duration> p50,
      Optional<Duration> p95,
      Circuit circuit,
      long fallbacksTaken,
      int inFlight,
      Optional<Failure> lastError) {}

  /// Whether calls are let through.
  enum Circuit {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /// A call that failed.
  record Failure(Instant at, String message) {}
}
