// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds budgets that run low, that have stopped calls, or that will not last until they reset.
public final class LowBudgets implements FindingSource {
  private final BudgetUse use;
  private final Supplier<State> state;

  public LowBudgets(BudgetUse use, Supplier<State> state) {
    this.use = use;
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    State now = state.get();
    List<Finding> found = new ArrayList<>();
    for (Use one : use.now()) {
      now.find(Budget.class, one.key().budget())
          .flatMap(budget -> finding(one, budget, lately.now()))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Finding> finding(Use use, Budget budget, Instant now) {
    String name = named(use);
    BigDecimal threshold =
        use.limit().multiply(BigDecimal.valueOf(budget.warnAt())).movePointLeft(2);
    boolean low = use.used().compareTo(threshold) >= 0;
    Instant runsOut = use.runsOut();
    if (use.stoppedAt() != null && low) {
      return Optional.of(
          told(use, budget, Severity.CRITICAL, name + " has stopped calls", use.stoppedAt(), now));
    }
    if (low) {
      return Optional.of(
          told(
              use,
              budget,
              Severity.WARNING,
              name + " has come to " + budget.warnAt() + " % of its limit",
              use.warnedAt(),
              now));
    }
    return runsOut == null
        ? Optional.empty()
        : Optional.of(
            told(
                use,
                budget,
                Severity.NOTE,
                name + " will not last: at this pace nothing is left in " + in(runsOut, now),
                null,
                now));
  }

  private static Finding told(
      Use use,
      Budget budget,
      Severity severity,
      String title,
      @Nullable Instant since,
      Instant now) {
    return new Finding(
        "budget/" + use.key().budget() + "/" + use.key().period(),
        severity,
        new Subject(budget.scope().agent(), Set.of()),
        title,
        why(use, now),
        since,
        List.of(Way.to("the budget", "budgets")),
        List.of(
            Way.to("top it up, with a reason", "budgets"),
            Way.run(
                "top it up from a terminal",
                "steward top-up "
                    + use.key().budget()
                    + " AMOUNT --reason WHY"
                    + (use.key().byRun() ? " --run " + use.key().run() : ""))));
  }

  private static String why(Use use, Instant now) {
    Instant resets = use.resets();
    String unit = use.key().unit();
    return "%s of %s %s are used%s%s%s."
        .formatted(
            Words.money(use.used()),
            Words.money(use.limit()),
            unit,
            use.reserved().signum() == 0
                ? ""
                : " and " + Words.money(use.reserved()) + " reserved by calls in flight",
            use.refused() == 0
                ? ""
                : ", " + Words.count(use.refused(), "call was", "calls were") + " refused",
            resets == null ? "" : "; it resets in " + in(resets, now));
  }

  private static String in(Instant then, Instant now) {
    Duration time = Duration.between(now, then);
    return Words.about(time.isNegative() ? Duration.ZERO : time);
  }

  private static String named(Use use) {
    return "budget " + use.key().budget() + (use.key().byRun() ? " of run " + use.key().run() : "");
  }
}
