// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import dev.steward.domain.release.Wilson;
import java.util.Locale;

/// Two shares of independent samples, compared.
///
/// @param part how many of the one
/// @param whole its size
public record TwoShares(long part, long whole, long otherPart, long otherWhole) {
  private static final long LEAST = 20;
  private static final double LEAST_CHANGE = 0.05;

  /// Whether there is enough to say anything.
  public boolean enough() {
    return whole >= LEAST && otherWhole >= LEAST;
  }

  public double share() {
    return (double) part / whole;
  }

  public double otherShare() {
    return (double) otherPart / otherWhole;
  }

  /// Probability of a difference at least this large, in either direction, were there none.
  public double p() {
    double pooled = (double) (part + otherPart) / (whole + otherWhole);
    double spread = Math.sqrt(pooled * (1 - pooled) * (1.0 / whole + 1.0 / otherWhole));
    if (spread == 0) {
      return 1;
    }
    return complementaryError(Math.abs(share() - otherShare()) / spread / Math.sqrt(2));
  }

  /// Whether the first differs for sure, and by enough to matter.
  ///
  /// @param level of significance
  public boolean differ(double level) {
    return enough() && Math.abs(share() - otherShare()) >= LEAST_CHANGE && p() < level;
  }

  /// `14.2 % of 120, 95 % interval 9.1–21.6; 3.1 % of 830 in the week before`
  public String words(String things) {
    return "%s of %d %s, 95 %% interval %s; %s of %d in the week before"
        .formatted(percent(share()), whole, things, interval(), percent(otherShare()), otherWhole);
  }

  private String interval() {
    Wilson wilson = new Wilson(part, whole);
    return digits(wilson.low()) + "–" + digits(wilson.high());
  }

  public static String percent(double share) {
    return digits(share) + " %";
  }

  private static String digits(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /// Abramowitz and Stegun 7.1.26, wrong by less than 1.5e-7.
  private static double complementaryError(double x) {
    double t = 1 / (1 + 0.3275911 * x);
    double sum =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return sum * Math.exp(-x * x);
  }
}
