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

  /// How far back the figures go, and no further than the start of the server.
  Duration WINDOW = Duration.ofHours(1);

  /// Every provider that is declared, by name.
  List<Health> list();

  /// Figures of one provider over the window.
  ///
  /// @param calls that it was sent, each try on its own
  /// @param errors those of them that it failed: without an answer, cut off by it, or answered with
  ///   a status that is its own fault, ours, or too many calls
  /// @param firstByte time until an answer that is no error began
  /// @param whole time until its answer was complete
  /// @param inFlight calls that it is answering now
  /// @param limit calls that it may be answering at once
  /// @param fallbacksTaken calls that went to the next model because this provider could not be
  ///   used
  /// @param models that it was asked for, by name
  record Health(
      String provider,
      long calls,
      long errors,
      Latency firstByte,
      Latency whole,
      Circuit circuit,
      int inFlight,
      int limit,
      long fallbacksTaken,
      List<String> models,
      Optional<Failure> lastError) {
    public Health {
      models = List.copyOf(models);
    }
  }

  /// How long answers took.
  ///
  /// @param p50 empty before the first
  /// @param p95 empty before the first
  record Latency(long answers, Optional<Duration> p50, Optional<Duration> p95) {
    public static final Latency NONE = new Latency(0, Optional.empty(), Optional.empty());
  }

  /// Whether calls are let through.
  enum Circuit {
    CLOSED,
    OPEN,
    HALF_OPEN;

    /// As it is written.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// A call that failed.
  record Failure(Instant at, String message) {}
}
