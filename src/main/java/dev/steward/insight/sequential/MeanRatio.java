// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import dev.steward.domain.rollout.Arm;
import java.util.Optional;

/// The means of a positive quantity in both arms, such as what a unit cost, and the logarithm of
/// their ratio. Means and not medians: an owner pays the sum. Not safe for several threads.
public final class MeanRatio {
  private final Sums control = new Sums();
  private final Sums canary = new Sums();

  private static final class Sums {
    private long units;
    private double mean;
    private double squares;

    void add(double value) {
      units++;
      double before = value - mean;
      mean += before / units;
      squares += before * (value - mean);
    }

    /// Of the mean's logarithm, by the delta method.
    double variance() {
      return squares / (units - 1) / units / (mean * mean);
    }
  }

  /// @param value not negative
  public void add(Arm arm, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("not a quantity: " + value);
    }
    switch (arm) {
      case CONTROL -> control.add(value);
      case CANARY -> canary.add(value);
    }
  }

  public long controlUnits() {
    return control.units;
  }

  public long canaryUnits() {
    return canary.units;
  }

  /// Units of the smaller arm.
  public long least() {
    return Math.min(control.units, canary.units);
  }

  public double controlMean() {
    return control.mean;
  }

  public double canaryMean() {
    return canary.mean;
  }

  /// Logarithm of the canary's mean over the control's; empty while an arm has fewer than two units
  /// or nothing but zeros, or nothing varies.
  public Optional<Estimate> logRatio() {
    if (least() < 2 || control.mean <= 0 || canary.mean <= 0) {
      return Optional.empty();
    }
    double variance = control.variance() + canary.variance();
    return variance > 0
        ? Optional.of(
            new Estimate(
                Math.log(canary.mean / control.mean),
                variance,
                Estimate.weight(control.units, canary.units)))
        : Optional.empty();
  }
}
