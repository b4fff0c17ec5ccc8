// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Interval;
import java.time.Instant;
import java.util.Optional;

/// What one test says after the last unit.
///
/// @param name `success`, `assignment`, `outcomes told` or that of a guardrail
/// @param controlUnits that it rests on
/// @param canaryUnits that it rests on
/// @param control mean, share or count there
/// @param canary mean, share or count there
/// @param interval of the difference in success, or of the ratio of means; empty where the test has
///   none, or too little was seen
/// @param logEvidence natural logarithm of the e-value now, towards worse; at most 0 when the
///   canary is not worse
/// @param threshold that it must reach
/// @param crossed where it first did
public record Reading(
    String name,
    long controlUnits,
    long canaryUnits,
    double control,
    double canary,
    Optional<Interval> interval,
    double logEvidence,
    double threshold,
    Optional<Crossing> crossed) {

  /// The unit that brought the evidence.
  ///
  /// @param units of both arms until then
  public record Crossing(int units, Instant at, double logEvidence) {}

  public boolean breached() {
    return crossed.isPresent();
  }
}
