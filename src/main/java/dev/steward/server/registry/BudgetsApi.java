// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Accepted;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.budget.TopUp;
import dev.steward.control.command.Command;
import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Budget;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import dev.steward.server.shape.PlanItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much of each budget is used, and more for one that runs out.
public final class BudgetsApi {
  private static final String GROUP = "Budgets";

  private final Control control;
  private final BudgetUse use;

  public BudgetsApi(Control control, BudgetUse use) {
    this.control = control;
    this.use = use;
  }

  /// By name; of a budget by the run one item for each run, the largest first.
  public record BudgetList(List<BudgetItem> items) {}

  /// One window of a budget. Amounts are decimal texts.
  ///
  /// @param every run, hour, day or month
  /// @param run whose window it is, null for a window by the clock
  /// @param unit a currency, `tokens` or `calls`
  /// @param limit with what was topped up
  /// @param reserved by calls in flight
  /// @param unknown part of used that was charged without knowing the cost
  /// @param refused calls
  /// @param resets null for a run's window
  /// @param forecast what will be used at the end if it goes on so, null while that is not known
  /// @param runsOut when nothing will be left if it goes on so, null where that is after the end
  /// @param warnedAt when it came to `warnAt` per cent, null if it did not
  /// @param stoppedAt when the first call was refused, null if none was
  public record BudgetItem(
      String name,
      String every,
      @Nullable String run,
      String unit,
      String limit,
      String toppedUp,
      String used,
      String reserved,
      String left,
      String unknown,
      long unknownCalls,
      long calls,
      long refused,
      Instant since,
      @Nullable Instant resets,
      @Nullable String forecast,
      @Nullable Instant runsOut,
      @Nullable Instant warnedAt,
      @Nullable Instant stoppedAt,
      List<BudgetPointItem> points,
      List<TopUpItem> topUps) {}

  /// How much was used at a moment.
  public record BudgetPointItem(Instant at, String used) {}

  /// More for one window.
  ///
  /// @param reason null once erased
  public record TopUpItem(String amount, @Nullable String reason, Instant at, ActorItem by) {}

  /// More that is wanted.
  ///
  /// @param run whose window is meant, only for a budget by the run
  public record TopUpRequest(BigDecimal amount, String reason, @Nullable String run) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/budgets", Need.READ)
            .about(GROUP, "How much of each budget is used in its open window, and its forecast.")
            .gives(BudgetList.class)
            .by(this::list),
        Route.post("/api/v1/budgets/{name}/top-up", Need.of(Permission.OPERATE))
            .about(
                GROUP,
                "Adds to what there is in the open window; recorded with name and reason. 202 with"
                    + " `proposal` where that waits for a second person.")
            .takes(TopUpRequest.class)
            .gives(BudgetList.class)
            .by(this::topUp));
  }

  private Reply list(Exchange exchange) {
    return Reply.json(items(exchange.caller(), Optional.empty()));
  }

  private Reply topUp(Exchange exchange) {
    String name = exchange.pathParameter("name");
    TopUpRequest wanted = exchange.json(TopUpRequest.class);
    @Nullable BigDecimal amount = wanted.amount();
    if (amount == null) {
      throw new ApiException(ErrorCode.INVALID, "`amount` is missing; say how much is added.");
    }
    String run = wanted.run() == null ? "" : wanted.run();
    @Nullable String reason = wanted.reason();
    Accepted accepted =
        control.submit(
            new Command.TopUpBudget(name, run, amount, reason == null ? "" : reason),
            exchange.caller().actor());
    if (accepted.plan().proposed().isPresent()) {
      return PlanItem.reply(accepted);
    }
    return Reply.json(items(exchange.caller(), Optional.of(name)));
  }

  private BudgetList items(Caller caller, Optional<String> name) {
    State state = control.state();
    return new BudgetList(
        use.now().stream()
            .filter(one -> name.map(wanted -> wanted.equals(one.key().budget())).orElse(true))
            .flatMap(one ->
                state
                    .find(Budget.class, one.key().budget())
                    .filter(budget -> caller.may(Permission.READ, Scopes.of(budget)))
                    .map(budget -> item(one, budget, state))
                    .stream())
            .toList());
  }

  private static BudgetItem item(Use use, Budget budget, State state) {
    BigDecimal forecast = use.forecast();
    return new BudgetItem(
        budget.name(),
        budget.window().every().name().toLowerCase(Locale.ROOT),
        use.key().byRun() ? use.key().run() : null,
        use.key().unit(),
        use.limit().toPlainString(),
        use.toppedUp().toPlainString(),
        use.used().toPlainString(),
        use.reserved().toPlainString(),
        use.left().toPlainString(),
        use.unknown().toPlainString(),
        use.unknownCalls(),
        use.calls(),
        use.refused(),
        use.since(),
        use.resets(),
        forecast == null ? null : forecast.toPlainString(),
        use.runsOut(),
        use.warnedAt(),
        use.stoppedAt(),
        use.points().stream()
            .map(point -> new BudgetPointItem(point.at(), point.used().toPlainString()))
            .toList(),
        state.budgets().window(use.key()).topUps().stream()
            .map(topUp -> item(topUp, state))
            .toList());
  }

  private static TopUpItem item(TopUp topUp, State state) {
    return new TopUpItem(
        topUp.amount().toPlainString(),
        state.text(topUp.reason()).orElse(null),
        topUp.at(),
        ActorItem.of(topUp.by()));
  }
}
