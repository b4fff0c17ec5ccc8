// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.budget.WindowKey;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetsPageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Steward", (_, _) -> true);

  private final Stage stage = Stage.full(InstantSource.fixed(NOW));

  @Test
  void eachBudgetSaysHowItStands() {
    assertThat(stage.html("/budgets", ADMIN))
        .contains("Lasts")
        .contains("Will not last")
        .contains("Stops calls")
        .contains("Runs low")
        .contains("each day from 06:00 Europe/Berlin")
        .contains("calls of team support")
        .contains("refund wave after the outage")
        .contains("path class=\"forecast short\"");
  }

  @Test
  void aTopUpIsRecordedWithNameAndReason() {
    Budget budget = stage.control.state().find(Budget.class, "everything-monthly").orElseThrow();
    PageResponse answer = topUp("everything-monthly", "250.5", "closing of the quarter");
    assertThat(body(answer)).contains("everything-monthly was topped up by 250.5.");
    assertThat(stage.control.state().budgets().window(WindowKey.at(budget, NOW)).toppedUp())
        .isEqualTo(new BigDecimal("250.5"));
    assertThat(stage.html("/budgets", ADMIN)).contains("closing of the quarter");
  }

  @Test
  void aTopUpThatCannotBeIsToldInWords() {
    assertThat(body(topUp("everything-monthly", "much", "why"))).contains("is no amount");
    assertThat(body(topUp("triage-runs", "1", "why"))).contains("name the run to top up");
    assertThat(body(topUp("everything-monthly", "-4", "why"))).contains("more than 0 USD");
  }

  @Test
  void whoMayNotTopUpIsOfferedNoForm() {
    assertThat(stage.html("/budgets", Stage.VIEWER))
        .contains("everything-monthly")
        .doesNotContain("/budgets/top-up");
  }

  @Test
  void withoutABudgetThePageSaysHowToDeclareOne() {
    assertThat(Stage.empty(InstantSource.fixed(NOW)).html("/budgets", ADMIN))
        .contains("No budget is declared")
        .contains("kind: Budget");
  }

  private PageResponse topUp(String budget, String amount, String reason) {
    Map<String, String> form = new HashMap<>();
    form.put("csrf", "token");
    form.put("budget", budget);
    form.put("amount", amount);
    form.put("reason", reason);
    return stage.console.handle(
        new PageRequest(
            "POST", "/budgets/top-up", Map.of(), form, ADMIN, "token", Map.of(), false));
  }

  private static String body(PageResponse response) {
    assertThat(response).isInstanceOf(PageResponse.Html.class);
    return ((PageResponse.Html) response).body();
  }
}
