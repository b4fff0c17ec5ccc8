// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a trait was since the baseline was learnt.
///
/// @param before of the baseline
/// @param lately of the last runs that say anything of it, at most 200
/// @param runs since the baseline that say anything of it
/// @param level evidence of a drift, 1 alarms
/// @param drifts the first in each direction, the newest first
/// @param course shares over time, the oldest first
public record TraitReading(
    Trait trait,
    Wilson before,
    Wilson lately,
    int runs,
    double level,
    List<TraitDrift> drifts,
    List<Stretch> course) {
  public TraitReading {
    drifts = List.copyOf(drifts);
    course = List.copyOf(course);
  }

  /// The newest drift, empty for none.
  public Optional<TraitDrift> drift() {
    return drifts.stream().findFirst();
  }

  /// Runs that followed each other.
  public record Stretch(Instant from, Instant to, Wilson share) {}
}
