// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them: three significant digits, thousands apart, big counts with a unit.
public final class Figures {
  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);
  private static final long PLAIN_MAX = 9_999;
  private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

  private Figures() {}

  /// A count: `412`, `1,912`, `12.4 k`, `3.05 M`.
  public static String count(long value) {
    if (value >= -PLAIN_MAX && value <= PLAIN_MAX) {
      return exact(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE);
    int unit = 0;
    while (rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < UNITS.length - 1) {
      rounded = rounded.movePointLeft(3);
      unit++;
    }
    return threeDigits(rounded) + " " + UNITS[unit];
  }

  /// A count to the last one: `1,204,318`.
  public static String exact(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// An amount of money without its currency: `0`, `0.0204`, `34.7`, `1,240`.
  public static String money(BigDecimal amount) {
    if (amount.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = amount.round(THREE);
    if (rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
      return String.format(Locale.ROOT, "%,d", rounded.toBigInteger());
    }
    return threeDigits(rounded);
  }

  /// A score as short as it can be told: `1`, `0.5`, `0.333`.
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /// A number of things in words: `1 run`, `12 runs`, `no runs`.
  public static String of(long count, String one, String many) {
    if (count == 0) {
      return "no " + many;
    }
    return count(count) + " " + (count == 1 ? one : many);
  }

  /// Bytes or characters with a unit of 1,000: `512 B`, `12.4 kB`.
  public static String bytes(long value) {
    return value <= 999 ? value + " B" : scaled(value) + "B";
  }

  private static String scaled(long value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE);
    int unit = 0;
    while (rounded.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      rounded = rounded.movePointLeft(3);
      unit++;
    }
    return threeDigits(rounded) + " " + UNITS[unit];
  }

  private static String threeDigits(BigDecimal value) {
    int scale = Math.max(0, 3 - (value.precision() - value.scale()));
    return value.setScale(scale, RoundingMode.HALF_UP).toPlainString();
  }
}
