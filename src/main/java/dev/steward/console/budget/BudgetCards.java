// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.budget.BudgetsPage.Card;
import dev.steward.console.chart.BurnDown;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Measure;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Fact;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.budget.TopUp;
import dev.steward.control.live.BudgetUse.Point;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the cards of the page of budgets.
record BudgetCards(State state, Reader reader, Moments moments) {
  Card card(OpenWindow open) {
    Use use = open.use();
    Budget budget = open.budget();
    String unit = use.key().unit();
    return new Card(
        open.id(),
        budget.name(),
        use.key().run(),
        BudgetWords.window(budget, use),
        BudgetWords.scope(budget.scope()),
        BudgetWords.mark(use, budget),
        BudgetWords.amount(use.used(), unit),
        BudgetWords.amount(use.limit(), unit),
        unit,
        BudgetWords.share(use.used(), use.limit()),
        BudgetWords.share(use.used().add(use.reserved()), use.limit()),
        facts(use),
        chart(use),
        topUps(use),
        reader.rights().may(Permission.OPERATE, Scopes.of(budget)));
  }

  private List<Fact> facts(Use use) {
    String unit = use.key().unit();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Left", BudgetWords.withUnit(use.left(), unit)));
    facts.add(
        Fact.of("Reserved", BudgetWords.withUnit(use.reserved(), unit))
            .noted("by calls in flight"));
    facts.add(Fact.of("Calls", Figures.exact(use.calls())));
    if (use.refused() > 0) {
      facts.add(Fact.of("Refused", Figures.of(use.refused(), "call", "calls")));
    }
    if (use.unknownCalls() > 0) {
      facts.add(
          Fact.of("Charged unknown", BudgetWords.withUnit(use.unknown(), unit))
              .noted(Figures.of(use.unknownCalls(), "call", "calls")));
    }
    BigDecimal forecast = use.forecast();
    if (forecast != null) {
      facts.add(Fact.of("At the end", BudgetWords.withUnit(forecast, unit)).noted("at this pace"));
    }
    moment(facts, "Nothing left", use.runsOut());
    moment(facts, "Resets", use.resets());
    return facts;
  }

  private void moment(List<Fact> facts, String name, @Nullable Instant at) {
    if (at != null) {
      facts.add(Fact.of(name, moments.of(at).shown()).noted(moments.of(at).relative()));
    }
  }

  private @Nullable Chart chart(Use use) {
    Instant resets = use.resets();
    if (resets == null) {
      return null;
    }
    List<BurnDown.Point> left = new ArrayList<>();
    left.add(new BurnDown.Point(use.since(), use.limit()));
    for (Point point : use.points()) {
      left.add(new BurnDown.Point(point.at(), left(use, point.used())));
    }
    Instant now = moments.now().isBefore(resets) ? moments.now() : resets;
    left.add(new BurnDown.Point(now, left(use, use.used())));
    BigDecimal forecast = use.forecast();
    return new BurnDown(
            "What is left of " + use.key().budget(),
            Budget.Limit.isCurrency(use.key().unit()) ? Measure.MONEY : Measure.COUNT,
            use.key().unit(),
            use.since(),
            resets,
            use.limit(),
            left,
            forecast == null ? null : use.limit().subtract(forecast),
            moments.zone())
        .draw();
  }

  private static BigDecimal left(Use use, BigDecimal used) {
    return use.limit().subtract(used).max(BigDecimal.ZERO);
  }

  private List<Fact> topUps(Use use) {
    List<Fact> facts = new ArrayList<>();
    for (TopUp topUp : state.budgets().window(use.key()).topUps().reversed()) {
      facts.add(
          Fact.of(
                  "+ " + BudgetWords.withUnit(topUp.amount(), use.key().unit()),
                  state.text(topUp.reason()).orElse("a reason that was erased"))
              .noted(moments.of(topUp.at()).shown() + ", " + ActorName.of(topUp.by(), state)));
    }
    return facts;
  }
}
