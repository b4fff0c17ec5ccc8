// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

/// What scores were before, as far as it was learnt.
///
/// @param mean of scores between 0 and 1
/// @param variance of one score
/// @param runs that it was learnt from; `Long.MAX_VALUE` for one that is known
public record Baseline(double mean, double variance, long runs) {
  /// One side, 1 %.
  private static final double Z = 2.3263;

  public Baseline {
    if (!(mean >= 0 && mean <= 1) || !(variance >= 0) || runs < 1) {
      throw new IllegalArgumentException("no baseline: " + mean + ", " + variance + ", " + runs);
    }
  }

  /// Of shares.
  public static Baseline of(long successes, long runs) {
    double mean = (double) successes / runs;
    return new Baseline(mean, mean * (1 - mean), runs);
  }

  /// The least that the mean may truly be, or that would not matter, whichever is less: a baseline
  /// that was learnt from few runs would else alarm for certain.
  double low(double tolerance) {
    return Math.min(mean - tolerance, middle() - half());
  }

  /// The same upwards.
  double high(double tolerance) {
    return Math.max(mean + tolerance, middle() + half());
  }

  /// By Wilson's formula, so that also what never happened in the baseline may happen.
  private double middle() {
    return (mean + Z * Z / (2.0 * runs)) / (1 + Z * Z / runs);
  }

  private double half() {
    double n = runs;
    return Z / (1 + Z * Z / n) * Math.sqrt(variance / n + Z * Z / (4 * n * n));
  }
}
