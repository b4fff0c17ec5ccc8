// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

/// Watches scores for ever, in both directions, for a change that begins at any time (Shiryaev and
/// Roberts): while nothing changes, so many scores pass on average before it alarms. Not safe for
/// several threads.
public final class DriftDetector {
  /// A longer one finds small changes sooner and large ones later.
  private static final double MEMORY = 0.01;

  /// More evidence than anybody asks for; it would else become infinite.
  private static final double MOST = 1e200;

  private final Bets falling;
  private final Bets rising;
  private final double threshold;
  private double fall;
  private double rise;

  /// Where scores went.
  public enum Direction {
    NONE,
    DOWN,
    UP
  }

  /// @param runLength scores on average until a false alarm
  public DriftDetector(Baseline baseline, double tolerance, double runLength) {
    double mean = within(baseline.mean());
    falling = new Bets(within(baseline.low(tolerance)), mean, MEMORY);
    rising = new Bets(within(1 - baseline.high(tolerance)), 1 - mean, MEMORY);
    threshold = 2 * runLength;
  }

  /// Where nothing can fall any more the bound lies just above it, and is never crossed.
  private static double within(double bound) {
    return Math.clamp(bound, 1e-6, 1 - 1e-6);
  }

  public void add(double score) {
    fall = Math.min(MOST, (1 + fall) * falling.factor(score));
    rise = Math.min(MOST, (1 + rise) * rising.factor(1 - score));
  }

  /// What the scores until now say.
  public Direction alarm() {
    if (fall < threshold && rise < threshold) {
      return Direction.NONE;
    }
    return fall >= rise ? Direction.DOWN : Direction.UP;
  }

  /// The evidence that scores fell, as a part of what alarms.
  public double fallen() {
    return fall / threshold;
  }

  /// The evidence that scores rose, as a part of what alarms.
  public double risen() {
    return rise / threshold;
  }
}
