// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.budget.BudgetsPage.Card;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.control.command.Command;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// `/budgets`: how much of each budget is left, and the form that adds to one.
public final class BudgetsSection implements Section {
  private static final String EXAMPLE =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: support-daily}
      spec:
        scope: {team: support}
        window: day
        limit: {cost: 25, currency: USD}
      """;

  private final ConsoleViews views;
  private final Framer framer;

  public BudgetsSection(ConsoleViews views, Pages pages) {
    this.views = views;
    this.framer = pages.framer();
  }

  @Override
  public String segment() {
    return "budgets";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0 ? visit.html("budgets", page(visit, "", "")) : visit.notFound();
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 1 || !visit.path().getFirst().equals("top-up")) {
      return visit.notFound();
    }
    try {
      String name = visit.field("budget");
      BigDecimal amount = amount(visit.field("amount"));
      boolean waits =
          views
              .control()
              .submit(
                  new Command.TopUpBudget(name, visit.field("run"), amount, visit.field("reason")),
                  visit.reader().actor())
              .plan()
              .proposed()
              .isPresent();
      String done =
          waits
              ? "So much more for " + name + " waits for a second person: see Proposals."
              : name + " was topped up by " + amount + ".";
      return html(visit, 200, page(visit, done, ""));
    } catch (ApiException e) {
      return html(visit, e.code().httpStatus(), page(visit, "", String.valueOf(e.getMessage())));
    }
  }

  private static PageResponse html(Visit visit, int status, BudgetsPage page) {
    return new PageResponse.Html(status, visit.pages().templates().render("budgets", page));
  }

  private BudgetsPage page(Visit visit, String done, String wrong) {
    State state = views.control().state();
    BudgetCards maker = new BudgetCards(state, visit.reader(), framer.moments(visit.request()));
    List<Card> cards = new ArrayList<>();
    for (OpenWindow open : OpenWindow.all(views, state, visit.reader())) {
      cards.add(maker.card(open));
    }
    return new BudgetsPage(
        framer.single(visit.request(), "Budgets", "budgets", List.of(), ""),
        cards.isEmpty()
            ? "What agents may spend, before they spend it."
            : Figures.of(cards.size(), "window is", "windows are")
                + " open. A call reserves its worst case in each before it is sent.",
        done,
        wrong,
        cards,
        cards.isEmpty()
            ? Empty.of(
                    "No budget is declared",
                    "Agents may spend without a limit. Apply one like this with"
                        + " steward apply -f; a call that would go beyond it is refused.")
                .withCopy(EXAMPLE)
            : null);
  }

  private static BigDecimal amount(String written) {
    try {
      return new BigDecimal(written);
    } catch (NumberFormatException e) {
      throw new ApiException(
          ErrorCode.INVALID, "'" + written + "' is no amount; write a number such as 25", e);
    }
  }
}
