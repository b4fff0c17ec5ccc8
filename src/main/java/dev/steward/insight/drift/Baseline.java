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

  /// How far from the mean the truth may lie, or a change would not matter, whichever is more: one
  /// that was learnt from few runs would else alarm for certain.
  double margin(double tolerance) {
    return Math.max(tolerance, Z * Math.sqrt(variance / runs));
  }
}
