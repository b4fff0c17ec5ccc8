// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.TraitReading;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How an agent does in one environment beside what it did when its baseline was learnt.
///
/// @param at when it was looked at
/// @param baseline empty while there is not enough data to learn one
/// @param runs that are known since the baseline, or that it may be learnt from
/// @param perDay runs a day lately, 0 for none
/// @param readings one for each trait of the baseline, the nearest to an alarm first
public record AgentDrift(
    Place place,
    Instant at,
    Optional<LearntBaseline> baseline,
    int runs,
    double perDay,
    List<TraitReading> readings) {
  private static final Comparator<TraitReading> NEAREST =
      Comparator.comparing((TraitReading reading) -> reading.drift().isEmpty())
          .thenComparing(Comparator.comparingDouble(TraitReading::level).reversed());

  public AgentDrift {
    readings = readings.stream().sorted(NEAREST).toList();
  }

  /// Those that drifted.
  public List<TraitReading> drifted() {
    return readings.stream().filter(reading -> reading.drift().isPresent()).toList();
  }
}
