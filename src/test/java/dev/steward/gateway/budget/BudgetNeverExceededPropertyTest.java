// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.gateway.window.Actual;
import dev.steward.gateway.window.Part;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// The invariant BudgetNeverExceeded, whatever calls do and however the process ends: no window
/// comes to more than its limit, and nothing that was spent is forgotten.
class BudgetNeverExceededPropertyTest {
  private static final String[] BUDGETS = {
    BudgetFixture.budget("all-hourly", "window: hour, limit: {cost: 5}"),
    BudgetFixture.budget(
        "support-daily",
        "scope: {team: support}, window: {every: day, resetsAt: '09:30', zone: Europe/Berlin},"
            + " limit: {cost: 3.3}, whenTooLarge: refuse"),
    BudgetFixture.budget(
        "refunds-run", "scope: {agent: refunds}, window: run, limit: {cost: 0.7, currency: USD}"),
    BudgetFixture.budget("all-calls", "window: month, limit: {calls: 25}"),
    BudgetFixture.budget("all-tokens", "window: day, limit: {tokens: 6000000}"),
  };

  /// One thing that happens.
  private record Move(Kind kind, int pick, int amount) {}

  private enum Kind {
    RESERVE,
    RESERVE_UNPRICED,
    SETTLE,
    SETTLE_UNKNOWN,
    RELEASE,
    CRASH,
    POWER,
    RESTART,
    SYNC,
    TIME,
    TOP_UP
  }

  @Property(tries = 15)
  void noWindowComesToMoreThanItsLimitAndNothingIsForgotten(@ForAll("moves") List<Move> moves)
      throws IOException {
    Path folder = Files.createTempDirectory("budgets");
    try (BudgetFixture fixture = new BudgetFixture(folder, BUDGETS)) {
      Ledger ledger = new Ledger(fixture);
      for (Move move : moves) {
        ledger.make(move);
        ledger.check();
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// What the windows must have come to, by the test's own count.
  private static final class Ledger {
    private final BudgetFixture fixture;
    private final List<Held> open = new ArrayList<>();
    private final Map<WindowKey, BigDecimal> spent = new HashMap<>();
    private boolean exact = true;

    Ledger(BudgetFixture fixture) {
      this.fixture = fixture;
    }

    void make(Move move) {
      switch (move.kind()) {
        case RESERVE -> reserve(move, false);
        case RESERVE_UNPRICED -> reserve(move, true);
        case SETTLE -> pick(move).ifPresent(held -> settle(held, move));
        case SETTLE_UNKNOWN ->
            pick(move)
                .ifPresent(held -> {
                  held.close();
                  spendReserved(held);
                });
        case RELEASE -> pick(move).ifPresent(Held::release);
        case CRASH -> {
          fixture.crash();
          loseCalls();
        }
        case POWER -> {
          fixture.losePower(move.amount() / 100.0);
          exact = false;
          loseCallsToPower();
        }
        case RESTART -> {
          fixture.restart();
          loseCalls();
        }
        case SYNC -> fixture.sync();
        case TIME -> fixture.pass(Duration.ofMinutes(move.amount()));
        case TOP_UP -> topUp(move);
      }
    }

    private void reserve(Move move, boolean unpriced) {
      Subject who =
          BudgetFixture.agent(
              move.pick() % 2 == 0 ? "refunds" : "triage",
              move.pick() % 3 == 0 ? "sales" : "support",
              "run-" + move.pick() % 4);
      String most = BigDecimal.valueOf(1 + move.amount(), 2).toString();
      Reservation reservation =
          fixture
              .budgets()
              .reserve(
                  who,
                  unpriced
                      ? BudgetFixture.unpriced(move.amount() * 10_000L)
                      : BudgetFixture.usd(most));
      if (reservation instanceof Held held) {
        open.add(held);
      }
    }

    private Optional<Held> pick(Move move) {
      return open.isEmpty()
          ? Optional.empty()
          : Optional.of(open.remove(move.pick() % open.size()));
    }

    private void settle(Held held, Move move) {
      BigDecimal share = BigDecimal.valueOf(move.amount(), 2);
      BigDecimal tokens =
          BigDecimal.valueOf(held.worst().outputTokens())
              .multiply(share)
              .setScale(0, RoundingMode.DOWN);
      boolean priced = held.worst().ceiling().isPresent();
      Actual actual = BudgetFixture.cost(tokens.movePointLeft(6).toString());
      held.settle(
          priced ? actual : new Actual(actual.usage(), new Cost.Unknown("no price of gpt-x")));
      for (Part part : held.parts()) {
        WindowKey key = part.counter().key();
        BigDecimal real =
            switch (key.unit()) {
              case "calls" -> BigDecimal.ONE;
              case "tokens" -> tokens;
              default -> priced ? tokens.movePointLeft(6) : part.amount();
            };
        spend(key, real);
      }
    }

    private void spendReserved(Held held) {
      held.parts()
          .forEach(part ->
              spend(
                  part.counter().key(),
                  part.counter().key().unit().equals("calls") ? BigDecimal.ONE : part.amount()));
    }

    private void spend(WindowKey key, BigDecimal amount) {
      spent.merge(key, amount, BigDecimal::add);
    }

    /// Calls that had started and never settled are charged what they reserved.
    private void loseCalls() {
      open.forEach(this::spendReserved);
      open.clear();
    }

    /// After a power failure a lease makes up for what the log has lost; the window of a run has
    /// none, so there the calls since the last sync may be forgotten.
    private void loseCallsToPower() {
      loseCalls();
      spent.keySet().removeIf(WindowKey::byRun);
    }

    private void topUp(Move move) {
      if (move.amount() < 20) {
        fixture.topUp("refunds-run", "run-" + move.pick() % 4, "0.05");
      } else {
        fixture.topUp("all-calls", "", "1");
      }
    }

    void check() {
      for (Use use : fixture.budgets().now()) {
        assertThat(use.used().add(use.reserved()))
            .as("used and reserved of %s", use.key())
            .isLessThanOrEqualTo(use.limit());
        assertThat(use.reserved()).isNotNegative();
        BigDecimal known = spent.getOrDefault(use.key(), BigDecimal.ZERO);
        assertThat(use.used()).as("used of %s", use.key()).isGreaterThanOrEqualTo(known);
        if (exact) {
          assertThat(use.used()).as("used of %s", use.key()).isEqualByComparingTo(known);
        }
        if (!use.key().byRun()) {
          assertThat(fixture.control.state().budgets().window(use.key()).taken())
              .as("lent of %s", use.key())
              .isLessThanOrEqualTo(use.limit());
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(12, Kind.RESERVE),
                Tuple.of(2, Kind.RESERVE_UNPRICED),
                Tuple.of(8, Kind.SETTLE),
                Tuple.of(1, Kind.SETTLE_UNKNOWN),
                Tuple.of(1, Kind.RELEASE),
                Tuple.of(1, Kind.CRASH),
                Tuple.of(1, Kind.POWER),
                Tuple.of(1, Kind.RESTART),
                Tuple.of(1, Kind.SYNC),
                Tuple.of(2, Kind.TIME),
                Tuple.of(1, Kind.TOP_UP)),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 100))
        .as(Move::new)
        .list()
        .ofMinSize(30)
        .ofMaxSize(120);
  }
}
