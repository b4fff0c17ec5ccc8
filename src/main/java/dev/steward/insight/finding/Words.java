// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/// Numbers within a finding's sentences, and how a sentence begins.
public final class Words {
  private static final MathContext THREE = new MathContext(3);

  private Words() {}

  public static String about(Duration time) {
    if (time.toSeconds() < 60) {
      return time.toSeconds() + " s";
    }
    if (time.toMinutes() < 60) {
      return time.toMinutes() + " min";
    }
    return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " days";
  }

  /// The same with a capital first.
  public static String begin(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  public static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  public static String money(BigDecimal amount) {
    BigDecimal rounded = amount.round(THREE);
    return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
  }

  public static String gigabytes(long bytes) {
    return money(BigDecimal.valueOf(bytes).movePointLeft(9)) + " GB";
  }
}
