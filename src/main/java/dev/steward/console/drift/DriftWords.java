// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.domain.release.Wilson;
import dev.steward.insight.trait.Learning;
import java.util.Locale;

/// Drift in words.
final class DriftWords {
  private static final double FEW = 10;

  private DriftWords() {}

  static Rate rate(Wilson share) {
    return new Rate(share.part(), share.whole());
  }

  /// `312 runs so far of 2,000 of one version, or 50 in 7 days`
  static String missing(Watched watched, Learning learning) {
    if (watched.frozen().isEmpty()) {
      return "%s so far, of %s of one version, or %s in its first %s"
          .formatted(
              Figures.of(watched.runs(), "run", "runs"),
              Figures.exact(learning.runs()),
              Figures.exact(learning.least()),
              Took.about(learning.time()));
    }
    return watched.drift().isEmpty()
        ? "its runs are being read"
        : "%s since the baseline, of %s at least"
            .formatted(Figures.of(watched.runs(), "run", "runs"), Figures.exact(learning.least()));
  }

  /// `41`, `3.4`, `none lately`
  static String perDay(double runs) {
    if (runs <= 0) {
      return "none lately";
    }
    return runs < FEW ? String.format(Locale.ROOT, "%.1f", runs) : Figures.count(Math.round(runs));
  }

  /// Evidence as a part of what alarms: `0.34`.
  static String level(double level) {
    return String.format(Locale.ROOT, level >= 1 ? "%.1f" : "%.2f", level);
  }
}
