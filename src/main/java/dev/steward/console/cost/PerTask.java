// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.trace.run.CostQuery.TaskRow;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;

/// What was spent for each success, with all that was tried for it, and on what sample that stands.
///
/// @param sample successes and judged tasks in words
record PerTask(CostText cost, String sample) {
  /// With fewer judged tasks the quotient says more about luck than about cost.
  private static final int JUDGED_MIN = 10;

  static PerTask of(TaskRow tasks) {
    String sample =
        tasks.judged() == 0
            ? "no outcome told"
            : "n %s of %s judged"
                .formatted(Figures.count(tasks.successes()), Figures.count(tasks.judged()));
    if (tasks.judged() < JUDGED_MIN || tasks.successes() == 0) {
      String why =
          tasks.judged() >= JUDGED_MIN
              ? "no task has succeeded"
              : "of %d judged tasks; it takes %d".formatted(tasks.judged(), JUDGED_MIN);
      return new PerTask(new CostText("not enough data", why, true), sample);
    }
    RunCost cost = tasks.cost();
    if (cost.priced() == 0) {
      return new PerTask(new CostText("unknown", "no cost of these tasks is known", true), sample);
    }
    BigDecimal each =
        cost.amount().divide(BigDecimal.valueOf(tasks.successes()), MathContext.DECIMAL32);
    String note =
        "%s %s for %d successes, failed tries included%s"
            .formatted(
                Figures.money(cost.amount()),
                cost.currency(),
                tasks.successes(),
                cost.unknown() == 0 ? "" : "; of " + cost.unknown() + " calls it is unknown");
    String amount = (cost.unknown() == 0 ? "" : "≥ ") + Figures.money(each);
    return new PerTask(new CostText(amount, note, false), sample);
  }
}
