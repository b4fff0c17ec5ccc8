// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Mark;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Budgets in words.
final class BudgetWords {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private BudgetWords() {}

  static String amount(BigDecimal amount, String unit) {
    return Limit.isCurrency(unit) ? Figures.money(amount) : Figures.count(amount.longValue());
  }

  static String withUnit(BigDecimal amount, String unit) {
    return amount(amount, unit) + " " + unit;
  }

  /// How many hundredths of the whole the part is, 100 at most.
  static String share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? "100"
        : part.multiply(HUNDRED)
            .divide(whole, 1, RoundingMode.HALF_UP)
            .min(HUNDRED)
            .toPlainString();
  }

  /// `each day from 06:00, Europe/Berlin`
  static String window(Budget budget, Use use) {
    Budget.Window window = budget.window();
    return switch (window.every()) {
      case RUN -> "run " + Ids.middle(use.key().run());
      case HOUR -> "each hour";
      case DAY -> "each day from " + window.resetsAt() + " " + zone(window);
      case MONTH ->
          "each month from day "
              + window.resetsOn()
              + ", "
              + window.resetsAt()
              + " "
              + zone(window);
    };
  }

  private static String zone(Budget.Window window) {
    return window.zone().equals(ZoneOffset.UTC) ? "UTC" : window.zone().getId();
  }

  static String scope(Budget.Scope scope) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(scope.labels()).forEach((label, value) -> parts.add(label + " " + value));
    part(parts, "agent", scope.agent());
    part(parts, "workflow", scope.workflow());
    part(parts, "environment", scope.environment());
    part(parts, "run", scope.run());
    return parts.isEmpty() ? "all calls" : "calls of " + String.join(", ", parts);
  }

  private static void part(List<String> parts, String word, String value) {
    if (!value.isEmpty()) {
      parts.add(word + " " + value);
    }
  }

  static Mark mark(Use use, Budget budget) {
    BigDecimal threshold =
        use.limit().multiply(BigDecimal.valueOf(budget.warnAt())).movePointLeft(2);
    boolean low = use.used().compareTo(threshold) >= 0;
    if (low && use.stoppedAt() != null) {
      return new Mark(Mark.Tone.CRITICAL, "Stops calls");
    }
    if (low) {
      return new Mark(Mark.Tone.WARNING, "Runs low");
    }
    if (use.stoppedAt() != null && use.key().byRun()) {
      return new Mark(Mark.Tone.WARNING, "Too little for a call");
    }
    return use.runsOut() == null
        ? new Mark(Mark.Tone.OK, "Lasts")
        : new Mark(Mark.Tone.WARNING, "Will not last");
  }
}
