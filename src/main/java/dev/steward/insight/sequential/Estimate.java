// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import java.util.List;
import java.util.Optional;

/// A difference of two means as far as it is known.
///
/// @param variance of the difference itself, above 0
/// @param weight how much it counts among others: the harmonic size of both samples
public record Estimate(double difference, double variance, double weight) {
  public Estimate {
    if (!(variance > 0) || !(weight > 0)) {
      throw new IllegalArgumentException("variance and weight are above 0");
    }
  }

  /// The weight of two samples.
  static double weight(long control, long canary) {
    return (double) control * canary / (control + canary);
  }

  /// Several differences as one, each weighted by its samples (Mantel and Haenszel): differences
  /// between the phases are no differences between the arms.
  public static Optional<Estimate> together(List<Estimate> phases) {
    double weights = 0;
    double difference = 0;
    double variance = 0;
    for (Estimate phase : phases) {
      weights += phase.weight;
      difference += phase.weight * phase.difference;
      variance += phase.weight * phase.weight * phase.variance;
    }
    return weights == 0
        ? Optional.empty()
        : Optional.of(new Estimate(difference / weights, variance / (weights * weights), weights));
  }

  /// The same difference seen from another null.
  public Estimate minus(double shift) {
    return new Estimate(difference - shift, variance, weight);
  }
}
