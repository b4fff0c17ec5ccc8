// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.insight.watch.CanaryPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Two versions of an agent beside each other: which, where, since when, with which shares of the
/// traffic and by which plan.
///
/// @param shares that the canary got, each from its moment on until the next
public record CanaryTrial(
    String agent,
    String environment,
    String control,
    String candidate,
    Instant startedAt,
    List<Share> shares,
    UnitRule unitRule,
    CanaryPlan plan) {

  /// A share of the canary from a moment on, 0 to 1.
  public record Share(Instant since, double share) {
    public Share {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share is not within 0 and 1: " + share);
      }
    }
  }

  /// How runs are read as units.
  ///
  /// @param conversations whether the runs of a conversation are one unit
  /// @param conversationsLast how far before the trial a conversation may have begun and still go
  ///   on: such a one was never assigned, and is left out
  /// @param settle how long after a unit was last heard of its outcome may be told
  /// @param untold what a unit counts as that ended well and never told its outcome
  public record UnitRule(
      boolean conversations, Duration conversationsLast, Duration settle, Untold untold) {
    public static final UnitRule USUAL =
        new UnitRule(true, Duration.ofDays(1), Duration.ofMinutes(30), Untold.LEFT_OUT);
  }

  /// What no outcome means.
  public enum Untold {
    LEFT_OUT,
    SUCCESS,
    FAILURE
  }

  public CanaryTrial {
    shares = shares.stream().sorted(Comparator.comparing(Share::since)).toList();
    if (control.equals(candidate)) {
      throw new IllegalArgumentException("both versions are " + control);
    }
  }

  /// The share in force at a moment; empty before the first, and where it compared nothing.
  Optional<Double> shareAt(Instant moment) {
    Optional<Double> found = Optional.empty();
    for (Share step : shares) {
      if (!step.since().isAfter(moment)) {
        found = Optional.of(step.share());
      }
    }
    return found.filter(share -> share > 0 && share < 1);
  }
}
