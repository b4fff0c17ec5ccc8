// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds agents that cost far more than before, and costs that nobody knows.
public final class Spending implements FindingSource {
  private static final BigDecimal TIMES = BigDecimal.valueOf(2);
  private static final BigDecimal LEAST = BigDecimal.ONE;
  private static final BigDecimal DAYS = BigDecimal.valueOf(Lately.WEEK.toDays());
  private static final long RUNS_LEAST = 20;

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (AgentActivity today : lately.today()) {
      lately.weekOf(today.agent()).flatMap(week -> spike(today, week)).ifPresent(found::add);
      if (today.cost().unknown() > 0) {
        found.add(unknown(today));
      }
    }
    return found;
  }

  private static Optional<Finding> spike(AgentActivity today, AgentActivity week) {
    RunCost cost = today.cost();
    BigDecimal usual = week.cost().amount().divide(DAYS, MathContext.DECIMAL64);
    if (week.runs() < RUNS_LEAST
        || week.cost().unknown() > 0
        || usual.signum() == 0
        || cost.amount().compareTo(usual.multiply(TIMES)) < 0
        || cost.amount().subtract(usual).compareTo(LEAST) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "cost/" + today.agent(),
            Severity.WARNING,
            Subject.of(today),
            "%s cost %s %s in the last 24 hours, %s a day in the week before"
                .formatted(
                    today.agent(), Words.money(cost.amount()), cost.currency(), Words.money(usual)),
            "%s, %d a day before. Told at twice the daily mean of the week before, and at least 1 %s more."
                .formatted(
                    Words.count(today.runs(), "run", "runs"),
                    week.runs() / Lately.WEEK.toDays(),
                    cost.currency()),
            null,
            List.of(
                Way.to(
                    "its most expensive runs",
                    "runs",
                    "agent",
                    today.agent(),
                    "range",
                    "24h",
                    "sort",
                    "cost")),
            List.of(Way.to("see what it is spent on", "cost", "agent", today.agent()))));
  }

  private static Finding unknown(AgentActivity today) {
    return new Finding(
        "unknown-cost/" + today.agent(),
        Severity.NOTE,
        Subject.of(today),
        "%s has %s of unknown cost"
            .formatted(today.agent(), Words.count(today.cost().unknown(), "call", "calls")),
        "In the last 24 hours, with the models %s. What it cost is shown as unknown, never as 0."
            .formatted(today.models().isEmpty() ? "of no name" : String.join(", ", today.models())),
        null,
        List.of(
            Way.to(
                "the runs of unknown cost",
                "runs",
                "agent",
                today.agent(),
                "cost",
                "unknown",
                "range",
                "24h")),
        List.of(Way.run("import a table of prices", "steward import prices prices.json")));
  }
}
