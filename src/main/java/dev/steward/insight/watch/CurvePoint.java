// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Interval;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One point of the curves that a person looks at.
///
/// @param units of both arms until then
/// @param difference in success, canary less control
/// @param interval of that difference
/// @param logEvidence of each test by its name, towards worse
public record CurvePoint(
    int units,
    Instant at,
    double difference,
    Optional<Interval> interval,
    Map<String, Double> logEvidence) {
  public CurvePoint {
    logEvidence = Map.copyOf(logEvidence);
  }
}
