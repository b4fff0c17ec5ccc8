// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Took;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/// What the numbers of a chart are, and so how they are written and where their axis begins.
public enum Measure {
  /// A share in percent, 0 to 100; its axis follows the values.
  SHARE,
  /// A difference of shares in points; its axis follows the values.
  POINTS,
  /// An e-value by its decimal logarithm: a step up is ten times the evidence.
  EVIDENCE,
  COUNT,
  /// An amount without its currency, which the chart's unit names.
  MONEY,
  /// A duration in milliseconds.
  DURATION;

  boolean fromZero() {
    return this != SHARE && this != POINTS && this != EVIDENCE;
  }

  /// A value as people read it.
  public String words(BigDecimal value) {
    return switch (this) {
      case SHARE -> value.setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
      case POINTS -> signed(value.setScale(1, RoundingMode.HALF_UP).toPlainString()) + " points";
      case EVIDENCE -> evidence(value.doubleValue());
      case COUNT -> Figures.count(value.setScale(0, RoundingMode.HALF_UP).longValue());
      case MONEY -> Figures.money(value);
      case DURATION -> Took.of(Duration.ofNanos(value.movePointRight(6).longValue()));
    };
  }

  /// A value at an axis, where short is better than exact.
  String tick(double value) {
    BigDecimal plain =
        BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
    String text = plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    return switch (this) {
      case SHARE -> text + " %";
      case POINTS -> signed(text);
      case EVIDENCE -> evidence(value);
      case COUNT -> Figures.count(Math.round(value));
      case MONEY -> text;
      case DURATION -> Took.of(Duration.ofNanos(Math.round(value * 1_000_000)));
    };
  }

  private static String signed(String number) {
    return number.startsWith("-") || number.matches("[0.]*") ? number : "+" + number;
  }

  private static String evidence(double logarithm) {
    double value = Math.pow(10, logarithm);
    if (value >= 1e6) {
      return "10^" + Math.round(logarithm);
    }
    return value >= 100
        ? Figures.count(Math.round(value))
        : String.format(Locale.ROOT, value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
  }
}
