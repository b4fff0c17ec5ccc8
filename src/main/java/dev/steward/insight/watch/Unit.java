// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.domain.rollout.Arm;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A conversation or run as it was assigned, with what is known of it.
///
/// @param share of the traffic that the canary got when it was assigned, between 0 and 1
/// @param at when the last of this was known
/// @param success empty while it is not known, or never told
/// @param awaited whether it may still become known
/// @param measures what is known for the whole unit; nothing is 0 because it is unknown
public record Unit(
    String id,
    Arm arm,
    double share,
    Instant at,
    Optional<Boolean> success,
    boolean awaited,
    Set<Event> events,
    Map<Measure, Double> measures) {
  /// Something that should happen rarely. A unit in which it happened often counts once: what
  /// follows the first time is not independent of it.
  public enum Event {
    /// A call in it failed.
    ERROR,
    /// A run of it ended as failed or was abandoned.
    FAILURE,
    /// Policy, a budget or a person refused a call of it.
    DENIAL,
    /// A person was asked.
    ESCALATION;

    /// Its word on the wire, lower case.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Unit {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share is not between 0 and 1: " + share);
    }
    events = Set.copyOf(events);
    measures = Map.copyOf(measures);
  }
}
