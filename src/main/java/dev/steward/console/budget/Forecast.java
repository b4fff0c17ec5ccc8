// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.format.Moment;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Where the open window of a budget is heading, one row of `forecasts.jte`.
///
/// @param href its section on the page of budgets
/// @param scope whose calls it pays for
/// @param share used part of the limit, 0 to 100
/// @param held used and reserved part of it, 0 to 100
/// @param end what will be used when it resets, "" while it is too early to say
public record Forecast(
    String name,
    String href,
    String scope,
    Mark mark,
    String used,
    String limit,
    String unit,
    String share,
    String held,
    String end,
    Moment resets) {

  /// Those of budgets of money that reset by the clock and pay for what the reader looks at.
  public static List<Forecast> of(
      ConsoleViews views, Reader reader, Moments moments, Predicate<Budget.Scope> pays) {
    State state = views.control().state();
    List<Forecast> forecasts = new ArrayList<>();
    for (OpenWindow open : OpenWindow.all(views, state, reader)) {
      Instant resets = open.use().resets();
      Budget budget = open.budget();
      if (resets != null && budget.limit().money() && pays.test(budget.scope())) {
        forecasts.add(of(open, moments.of(resets)));
      }
    }
    return forecasts;
  }

  private static Forecast of(OpenWindow open, Moment resets) {
    Use use = open.use();
    String unit = use.key().unit();
    BigDecimal end = use.forecast();
    return new Forecast(
        open.budget().name(),
        "/budgets#" + open.id(),
        BudgetWords.scope(open.budget().scope()),
        BudgetWords.mark(use, open.budget()),
        BudgetWords.amount(use.used(), unit),
        BudgetWords.amount(use.limit(), unit),
        unit,
        BudgetWords.share(use.used(), use.limit()),
        BudgetWords.share(use.used().add(use.reserved()), use.limit()),
        end == null ? "" : BudgetWords.amount(end, unit),
        resets);
  }
}
