// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.format.Figures;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// How a cost differs from that of the time before.
///
/// @param words `+8 %`, `12 times`, `new`, `–`
/// @param note the amount before
/// @param quiet whether nothing can be said
/// @param share of the amount before, for an order; null-safe: 0 where nothing can be said
record Change(String words, String note, boolean quiet, double share) {
  private static final double TIMES = 3;

  static Change between(RunCost before, RunCost now) {
    if (before.priced() == 0) {
      return before.unknown() > 0
          ? new Change("–", "unknown the time before", true, 0)
          : new Change(now.priced() > 0 ? "new" : "–", "nothing the time before", true, 0);
    }
    String note =
        (before.unknown() > 0 ? "at least " : "")
            + Figures.money(before.amount())
            + " "
            + before.currency()
            + " the time before";
    if (now.priced() == 0 || !now.currency().equals(before.currency())) {
      return new Change("–", note, true, -1);
    }
    if (before.amount().signum() == 0) {
      return new Change(now.amount().signum() == 0 ? "same" : "new", note, true, 0);
    }
    double share =
        now.amount()
            .subtract(before.amount())
            .divide(before.amount().max(new BigDecimal("1e-18")), MathContext.DECIMAL32)
            .doubleValue();
    return new Change(words(share), note, false, share);
  }

  private static String words(double share) {
    if (Math.abs(share) < 0.0005) {
      return "same";
    }
    if (share >= TIMES) {
      return Figures.count(Math.round(1 + share)) + " times";
    }
    double percent = share * 100;
    String digits =
        String.format(Locale.ROOT, Math.abs(percent) < 10 ? "%.1f" : "%.0f", Math.abs(percent));
    return (percent < 0 ? "−" : "+") + digits + " %";
  }
}
