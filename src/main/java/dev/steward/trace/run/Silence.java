// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Duration;
import java.time.Instant;

/// How long an open run may be silent, in time of receipt, before it counts as abandoned.
///
/// @param working for a run that is at work
/// @param waiting for a run that waits for a person
public record Silence(Duration working, Duration waiting) {
  public static final Silence DEFAULT = new Silence(Duration.ofMinutes(10), Duration.ofDays(7));

  /// Whether a run in this status, last heard of at the given moment, is abandoned by now.
  public boolean abandons(RunStatus status, Instant lastSeen, Instant now) {
    return switch (status) {
      case STARTED, WORKING -> lastSeen.plus(working).isBefore(now);
      case WAITING -> lastSeen.plus(waiting).isBefore(now);
      case FINISHED, FAILED, ABANDONED -> false;
    };
  }
}
