// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.Share;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Every;
import dev.steward.gateway.window.Counter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the windows as people see them; under the budgets' lock.
final class UseReader {
  private static final int RUNS_MAX = 100;

  /// Below a hundredth of the window nothing can be said of its end.
  private static final long FORECAST_PARTS = 100;

  private final Board board;
  private final Supplier<State> state;
  private final String node;

  UseReader(Board board, Supplier<State> state, String node) {
    this.board = board;
    this.state = state;
    this.node = node;
  }

  List<Use> read(Instant now) {
    State known = state.get();
    List<Use> uses = new ArrayList<>();
    for (Budget budget : known.all(Budget.class)) {
      if (budget.window().every() == Every.RUN) {
        uses.addAll(runs(budget, known, now));
      } else {
        WindowKey key = WindowKey.at(budget, now);
        Counter counter = board.find(key);
        uses.add(
            use(
                budget,
                counter == null ? fresh(budget, key, now, known) : counter,
                known.budgets().window(key),
                now));
      }
    }
    return uses;
  }

  private List<Use> runs(Budget budget, State known, Instant now) {
    List<Use> runs = new ArrayList<>();
    for (Counter counter : board.all()) {
      if (counter.key().byRun()
          && counter.key().budget().equals(budget.name())
          && counter.key().unit().equals(budget.limit().unit())) {
        runs.add(use(budget, counter, known.budgets().window(counter.key()), now));
      }
    }
    runs.sort(Comparator.comparing(Use::used).reversed());
    return runs.subList(0, Math.min(RUNS_MAX, runs.size()));
  }

  private Counter fresh(Budget budget, WindowKey key, Instant now, State known) {
    Instant since = Instant.parse(key.period());
    Counter counter = new Counter(key, since, budget.window().at(now).end());
    counter.raiseTo(known.budgets().window(key).share(node).spent(), now);
    return counter;
  }

  private Use use(Budget budget, Counter counter, LentWindow window, Instant now) {
    BigDecimal used = counter.used();
    BigDecimal reserved = counter.reserved();
    for (Map.Entry<String, Share> share : window.shares().entrySet()) {
      if (!share.getKey().equals(node)) {
        BigDecimal spent = share.getValue().spent();
        used = used.add(spent);
        reserved = reserved.add(share.getValue().lent().subtract(spent).max(BigDecimal.ZERO));
      }
    }
    BigDecimal limit = budget.limit().amount().add(window.toppedUp());
    Pace pace = Pace.of(counter, used, limit, now);
    Counter.Notice warned = counter.warned();
    Counter.Notice stopped = counter.stopped();
    return new Use(
        counter.key(),
        limit,
        window.toppedUp(),
        used,
        reserved,
        counter.unknown(),
        counter.unknownCalls(),
        counter.calls(),
        counter.refused(),
        counter.since(),
        counter.ends(),
        pace.forecast(),
        pace.runsOut(),
        warned == null ? null : warned.at(),
        stopped == null ? null : stopped.at(),
        counter.points().all());
  }

  /// Where a window is heading.
  private record Pace(@Nullable BigDecimal forecast, @Nullable Instant runsOut) {
    static final Pace UNKNOWN = new Pace(null, null);

    static Pace of(Counter counter, BigDecimal used, BigDecimal limit, Instant now) {
      Instant ends = counter.ends();
      if (ends == null || !now.isBefore(ends)) {
        return UNKNOWN;
      }
      long past = Duration.between(counter.since(), now).toMillis();
      long whole = Duration.between(counter.since(), ends).toMillis();
      if (past <= 0 || past < whole / FORECAST_PARTS) {
        return UNKNOWN;
      }
      BigDecimal soFar = BigDecimal.valueOf(past);
      BigDecimal forecast =
          used.multiply(BigDecimal.valueOf(whole)).divide(soFar, MathContext.DECIMAL64);
      if (used.signum() == 0 || forecast.compareTo(limit) <= 0) {
        return new Pace(forecast, null);
      }
      BigDecimal left = limit.subtract(used).max(BigDecimal.ZERO);
      long millis = left.multiply(soFar).divide(used, MathContext.DECIMAL64).longValue();
      return new Pace(forecast, now.plusMillis(millis));
    }
  }
}
