// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

/// Bets that scores lie below a bound on average, each placed by the scores before it. Not safe for
/// several threads.
final class Bets {
  private final double bound;
  private final double most;
  private final double memory;
  private double mean;
  private double variance;

  /// @param bound between 0 and 1, that the mean does not lie below when nothing has changed
  /// @param expected mean before the first score
  /// @param memory weight of the newest score in what is expected of the next
  Bets(double bound, double expected, double memory) {
    if (!(bound > 0 && bound < 1)) {
      throw new IllegalArgumentException("bound is not between 0 and 1: " + bound);
    }
    this.bound = bound;
    this.memory = memory;
    most = 0.5 / (1 - bound);
    mean = expected;
    variance = expected * (1 - expected);
  }

  /// What the stake became: its mean is at most 1 while the scores' mean is not below the bound.
  double factor(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score is not within 0 and 1: " + score);
    }
    double gap = bound - mean;
    double stake = gap <= 0 ? 0 : Math.min(most, gap / (variance + gap * gap));
    double factor = 1 + stake * (bound - score);
    double off = score - mean;
    mean += memory * off;
    variance = (1 - memory) * (variance + memory * off * off);
    return factor;
  }
}
