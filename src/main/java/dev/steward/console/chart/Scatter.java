// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Where the shares of samples of one size lie in 95 of 100 cases: a small one scatters more than
/// the interval of the rate itself.
public record Scatter(int size) {
  /// A larger sample is taken as one of this size: the odds of none would be too small to count in.
  private static final long SIZE_MAX = 200;

  public static Scatter of(long size) {
    return new Scatter((int) Math.clamp(size, 1, SIZE_MAX));
  }

  /// In percent.
  ///
  /// @param rate 0 to 1
  public BigDecimal low(double rate) {
    return percent(100.0 * quantile(rate, 0.025) / size);
  }

  /// In percent.
  ///
  /// @param rate 0 to 1
  public BigDecimal high(double rate) {
    return percent(100.0 * quantile(rate, 0.975) / size);
  }

  /// How many of them are so at most, in that share of cases.
  private int quantile(double rate, double share) {
    double odds = Math.pow(1 - rate, size);
    double sum = odds;
    int so = 0;
    while (sum < share && so < size) {
      odds = rate >= 1 ? 0 : odds * (size - so) / (so + 1) * rate / (1 - rate);
      so++;
      sum += odds;
    }
    return rate >= 1 ? size : so;
  }

  private static BigDecimal percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
