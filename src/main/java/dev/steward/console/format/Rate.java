// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import dev.steward.domain.release.Wilson;
import java.util.Locale;

/// A share with its 95 % Wilson interval and its sample size: a rate is never shown without them.
public record Rate(long part, long whole) {
  public Rate {
    if (part < 0 || part > whole) {
      throw new IllegalArgumentException(part + " is no part of " + whole);
    }
  }

  public boolean known() {
    return whole > 0;
  }

  /// `96.4 %`
  public String percent() {
    return digits(100.0 * part / whole) + " %";
  }

  /// `94.2–97.8`
  public String interval() {
    return digits(low()) + "–" + digits(high());
  }

  /// Where the interval begins, in percent.
  public double low() {
    return 100 * new Wilson(part, whole).low();
  }

  /// Where the interval ends, in percent.
  public double high() {
    return 100 * new Wilson(part, whole).high();
  }

  private static String digits(double percent) {
    return percent > 99.95 || percent < 0.05
        ? String.valueOf(Math.round(percent))
        : String.format(Locale.ROOT, "%.1f", percent);
  }
}
