// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.control.ControlFixture;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.command.Command;
import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.BudgetUse.Point;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Budgets in all their states: one that lasts, one that will not, one that stops calls, one of a
/// run.
public final class StagedBudgets {
  private static final String DECLARED =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: everything-monthly}
      spec: {window: month, limit: {cost: 2000, currency: USD}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: refunds-tokens}
      spec: {scope: {agent: refunds, environment: production}, window: day, limit: {tokens: 40000000}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: support-daily}
      spec: {scope: {team: support}, window: {every: day, resetsAt: "06:00", zone: Europe/Berlin}, limit: {cost: 25}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: triage-runs}
      spec: {scope: {agent: triage}, window: run, limit: {cost: 2}}
      """;

  private StagedBudgets() {}

  /// Declares them, and tells how they are used at the moment.
  public static BudgetUse in(ControlFixture control, Instant now) {
    control.apply(DECLARED);
    control.submit(
        new Command.TopUpBudget(
            "support-daily", "", new BigDecimal("5"), "refund wave after the outage"));
    return () ->
        List.of(
            byClock(control, now, "everything-monthly", "0.38", "2.41", "0.5"),
            byClock(control, now, "refunds-tokens", "0.71", "180000", "1.6"),
            byClock(control, now, "support-daily", "1", "0", null),
            ofRun(control, now));
  }

  /// @param used share of the limit
  /// @param forecast as a multiple of the limit, null where calls are stopped
  private static Use byClock(
      ControlFixture control,
      Instant now,
      String name,
      String used,
      String reserved,
      @Nullable String forecast) {
    Budget budget = control.state().find(Budget.class, name).orElseThrow();
    Budget.Period period = budget.window().at(now);
    WindowKey key = WindowKey.at(budget, now);
    BigDecimal toppedUp = control.state().budgets().window(key).toppedUp();
    BigDecimal limit = budget.limit().amount().add(toppedUp);
    BigDecimal total = limit.multiply(new BigDecimal(used));
    boolean stopped = forecast == null;
    BigDecimal end = stopped ? null : limit.multiply(new BigDecimal(forecast));
    List<Point> points = new ArrayList<>();
    Duration past = Duration.between(period.start(), now);
    for (int i = 1; i <= 40; i++) {
      BigDecimal share = BigDecimal.valueOf((long) i * i, 2).movePointLeft(2);
      points.add(
          new Point(
              period.start().plus(past.multipliedBy(i).dividedBy(41)),
              total.multiply(share.divide(new BigDecimal("0.16")))));
    }
    return new Use(
        key,
        limit,
        toppedUp,
        total,
        new BigDecimal(reserved),
        total.movePointLeft(3),
        7,
        12_408,
        stopped ? 31 : 0,
        period.start(),
        period.end(),
        end,
        end != null && end.compareTo(limit) > 0 ? now.plus(past.dividedBy(2)) : null,
        stopped ? now.minusSeconds(5_000) : null,
        stopped ? now.minusSeconds(1_800) : null,
        points);
  }

  private static Use ofRun(ControlFixture control, Instant now) {
    Budget budget = control.state().find(Budget.class, "triage-runs").orElseThrow();
    return new Use(
        WindowKey.ofRun(budget, "0197a2b4-11aa-7c31-8c1f-77aa00d1e002"),
        budget.limit().amount(),
        BigDecimal.ZERO,
        new BigDecimal("1.7231"),
        new BigDecimal("0.11"),
        BigDecimal.ZERO,
        0,
        14,
        0,
        now.minusSeconds(340),
        null,
        null,
        null,
        now.minusSeconds(20),
        null,
        List.of());
  }
}
