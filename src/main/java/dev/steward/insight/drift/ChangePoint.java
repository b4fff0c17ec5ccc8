// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

/// Where in a row of scores a change most likely began, by the likelihood of shares: before it the
/// scores have the mean of the baseline, from it on their own.
///
/// @param first index of the score that most likely was the first changed one
/// @param earliest index that is about as likely
/// @param latest index that is about as likely
/// @param mean of the scores from `first` on
public record ChangePoint(int first, int earliest, int latest, double mean) {
  /// Natural logarithms of likelihood that an index may lie below the best one. The interval holds
  /// the true beginning in 19 of 20 rows (ChangePointTest counts it).
  private static final double NEAR = 3.2;

  private static final double LEAST = 1e-6;

  /// @param scores between 0 and 1 in their order, at least one
  /// @param baseline mean before the change
  /// @param up whether it rose
  public static ChangePoint of(double[] scores, double baseline, boolean up) {
    double[] gains = gains(scores, baseline, up);
    int best = scores.length - 1;
    for (int i = scores.length - 1; i >= 0; i--) {
      best = gains[i] > gains[best] ? i : best;
    }
    int earliest = best;
    int latest = best;
    for (int i = 0; i < scores.length; i++) {
      if (gains[i] >= gains[best] - NEAR) {
        earliest = Math.min(earliest, i);
        latest = Math.max(latest, i);
      }
    }
    double sum = 0;
    for (int i = best; i < scores.length; i++) {
      sum += scores[i];
    }
    return new ChangePoint(best, earliest, latest, sum / (scores.length - best));
  }

  /// How much more likely the scores are when the change began at each index.
  private static double[] gains(double[] scores, double baseline, boolean up) {
    double[] gains = new double[scores.length];
    double sum = 0;
    for (int i = scores.length - 1; i >= 0; i--) {
      sum += scores[i];
      int count = scores.length - i;
      double mean = sum / count;
      boolean moved = up ? mean > baseline : mean < baseline;
      gains[i] = moved ? count * divergence(mean, baseline) : 0;
    }
    return gains;
  }

  /// Of Kullback and Leibler, between two shares.
  private static double divergence(double mean, double baseline) {
    double from = Math.clamp(baseline, LEAST, 1 - LEAST);
    return part(mean, from) + part(1 - mean, 1 - from);
  }

  private static double part(double share, double from) {
    return share <= 0 ? 0 : share * Math.log(share / from);
  }
}
