// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.Subject;
import dev.steward.gateway.budget.BudgetNotice.Kind;
import dev.steward.gateway.estimate.Ceiling;
import dev.steward.gateway.estimate.WorstCase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
  private static final Subject REFUNDS = BudgetFixture.agent("refunds", "support", "run-1");
  private static final Subject TRIAGE = BudgetFixture.agent("triage", "sales", "run-2");
  private static final String ALL = BudgetFixture.budget("all", "window: day, limit: {cost: 1}");

  @TempDir Path folder;

  @Test
  void aCallWithoutABudgetIsHeldAndCostsNothing() {
    try (BudgetFixture fixture = new BudgetFixture(folder)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("1000")).settle(BudgetFixture.cost("999"));
      assertThat(fixture.budgets().now()).isEmpty();
    }
  }

  @Test
  void whatACallDidNotUseIsGivenBack() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      Held held = fixture.hold(REFUNDS, BudgetFixture.usd("0.9"));
      assertThat(fixture.use("all").reserved()).isEqualByComparingTo("0.9");
      held.settle(BudgetFixture.cost("0.1"));
      Use use = fixture.use("all");
      assertThat(use.used()).isEqualByComparingTo("0.1");
      assertThat(use.left()).isEqualByComparingTo("0.9");
    }
  }

  @Test
  void allLevelsAreHeldOrNone() {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder,
            ALL,
            BudgetFixture.budget(
                "support",
                "scope: {team: support}, window: hour, limit: {cost: 0.2}, whenTooLarge:"
                    + " refuse"))) {
      Reservation.Exhausted refused = fixture.refuse(REFUNDS, BudgetFixture.usd("0.3"));
      assertThat(refused.budget()).isEqualTo("support");
      assertThat(refused.words())
          .contains("this hour")
          .contains("0 USD of 0.2 USD")
          .contains("steward top-up support AMOUNT --reason WHY");
      assertThat(fixture.use("all").reserved()).isZero();
      fixture.hold(TRIAGE, BudgetFixture.usd("0.3")).release();
      assertThat(fixture.use("all").calls()).isZero();
    }
  }

  @Test
  void aTooLongAnswerIsClampedToTheTightestLevel() {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder, ALL, BudgetFixture.budget("tokens", "window: hour, limit: {tokens: 5000}"))) {
      Held held = fixture.hold(REFUNDS, BudgetFixture.usd("2"));
      assertThat(held.newMax()).hasValue(5000);
      assertThat(fixture.use("all").reserved()).isEqualByComparingTo("0.005");
    }
  }

  @Test
  void theFinerBoundIsOnlySoughtWhereTheCoarseOneDoesNotFit() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      AtomicInteger sought = new AtomicInteger();
      fixture.hold(REFUNDS, twice("0.2", "0.1", sought)).release();
      assertThat(sought).hasValue(0);
      Held held = fixture.hold(REFUNDS, twice("3", "0.4", sought));
      assertThat(sought).hasValue(1);
      assertThat(held.newMax()).isEmpty();
      assertThat(fixture.use("all").reserved()).isEqualByComparingTo("0.4");
    }
  }

  @Test
  void unknownUsageIsChargedTheReservationAndMarked() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("0.25")).close();
      Use use = fixture.use("all");
      assertThat(use.used()).isEqualByComparingTo("0.25");
      assertThat(use.unknown()).isEqualByComparingTo("0.25");
      assertThat(use.unknownCalls()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownPriceIsNeverFree() {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder,
            ALL,
            BudgetFixture.budget(
                "strict",
                "scope: {agent: triage}, window: day, limit: {cost: 1}, onUnknown:" + " refuse"))) {
      fixture.hold(REFUNDS, BudgetFixture.unpriced(10)).close();
      assertThat(fixture.use("all").used()).isEqualByComparingTo("0.01");
      assertThat(fixture.refuse(TRIAGE, BudgetFixture.unpriced(10)).words())
          .contains("price is unknown");
    }
  }

  @Test
  void aPersonIsToldOnceThatItRunsLowAndOnceThatItStopped() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      for (int i = 0; i < 10; i++) {
        fixture.hold(REFUNDS, BudgetFixture.usd("0.1")).settle(BudgetFixture.cost("0.1"));
      }
      fixture.refuse(REFUNDS, BudgetFixture.usd("0.1"));
      fixture.refuse(REFUNDS, BudgetFixture.usd("0.1"));
      assertThat(fixture.notices)
          .extracting(BudgetNotice::kind)
          .containsExactly(Kind.WARNED, Kind.STOPPED);
      assertThat(fixture.notices.getFirst().used()).isEqualByComparingTo("0.8");
      fixture.crash();
      fixture.refuse(REFUNDS, BudgetFixture.usd("0.1"));
      assertThat(fixture.notices).hasSize(2);
      assertThat(fixture.use("all").stoppedAt()).isNotNull();
    }
  }

  @Test
  void aTopUpLetsCallsGoOnUntilTheWindowEnds() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("1")).settle(BudgetFixture.cost("1"));
      fixture.refuse(REFUNDS, BudgetFixture.usd("0.5"));
      fixture.topUp("all", "", "0.5");
      fixture.hold(REFUNDS, BudgetFixture.usd("0.5")).settle(BudgetFixture.cost("0.5"));
      assertThat(fixture.use("all").limit()).isEqualByComparingTo("1.5");
      fixture.pass(Duration.ofDays(1));
      assertThat(fixture.use("all").limit()).isEqualByComparingTo("1");
      assertThat(fixture.use("all").used()).isZero();
    }
  }

  @Test
  void eachRunHasItsOwnWindow() {
    try (BudgetFixture fixture =
        new BudgetFixture(folder, BudgetFixture.budget("runs", "window: run, limit: {calls: 1}"))) {
      fixture.hold(REFUNDS, BudgetFixture.usd("1")).settle(BudgetFixture.cost("1"));
      assertThat(fixture.refuse(REFUNDS, BudgetFixture.usd("1")).words())
          .contains("for run run-1")
          .contains("--run run-1");
      fixture.hold(TRIAGE, BudgetFixture.usd("1")).release();
      fixture.topUp("runs", "run-1", "1");
      fixture.hold(REFUNDS, BudgetFixture.usd("1")).release();
    }
  }

  @Test
  void aCallIsChargedToTheWindowInWhichItStarted() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      Held held = fixture.hold(REFUNDS, BudgetFixture.usd("0.5"));
      WindowKey key = fixture.use("all").key();
      fixture.pass(Duration.ofDays(1));
      held.settle(BudgetFixture.cost("0.5"));
      assertThat(fixture.use("all").used()).isZero();
      assertThat(fixture.use("all").key()).isNotEqualTo(key);
    }
  }

  @Test
  void afterACrashALeaseIsGivenBackLessWhatWasUsed() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("0.5")).settle(BudgetFixture.cost("0.1"));
      fixture.hold(REFUNDS, BudgetFixture.usd("0.2"));
      WindowKey key = fixture.use("all").key();
      assertThat(fixture.lent(key)).isGreaterThan(new BigDecimal("0.3"));
      fixture.crash();
      assertThat(fixture.lent(key)).isEqualByComparingTo("0.3");
      assertThat(fixture.use("all").used()).isEqualByComparingTo("0.3");
      assertThat(fixture.use("all").unknownCalls()).isEqualTo(1);
    }
  }

  @Test
  void afterAPowerFailureAllThatWasLentAndNotProvenIsCharged() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.sync();
      fixture.hold(REFUNDS, BudgetFixture.usd("0.5")).settle(BudgetFixture.cost("0.1"));
      fixture.losePower(0);
      assertThat(fixture.use("all").used()).isEqualByComparingTo("0.5");
      assertThat(fixture.use("all").unknown()).isEqualByComparingTo("0.5");
    }
  }

  @Test
  void aDamagedLogChargesAllThatWasLent() throws IOException {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("0.5")).settle(BudgetFixture.cost("0.1"));
      try (RandomAccessFile file = new RandomAccessFile(fixture.logFile().toFile(), "rw")) {
        file.seek(file.length() - 3);
        file.write(7);
      }
      fixture.crash();
      assertThat(fixture.use("all").used()).isEqualByComparingTo("0.5");
    }
  }

  @Test
  void whatIsBorrowedGrowsWithTheRateAndIsGivenBackWhenNobodySpends() {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder, BudgetFixture.budget("all", "window: month, limit: {cost: 1000}"))) {
      for (int i = 0; i < 50; i++) {
        fixture.hold(REFUNDS, BudgetFixture.usd("0.01")).settle(BudgetFixture.cost("0.01"));
        fixture.pass(Duration.ofMillis(20));
      }
      WindowKey key = fixture.use("all").key();
      BigDecimal lent = fixture.lent(key);
      assertThat(lent).isBetween(new BigDecimal("0.5"), new BigDecimal("2"));
      assertThat(fixture.control.state().sequence()).isLessThan(20);
      fixture.pass(Duration.ofMinutes(2));
      fixture.budgets().tidy();
      assertThat(fixture.lent(key)).isEqualByComparingTo("0.5");
    }
  }

  @Test
  void theForecastIsTheSpendSoFarDrawnToTheEnd() {
    try (BudgetFixture fixture = new BudgetFixture(folder, ALL)) {
      fixture.hold(REFUNDS, BudgetFixture.usd("0.5")).settle(BudgetFixture.cost("0.5"));
      Use use = fixture.use("all");
      assertThat(use.forecast()).isEqualByComparingTo("1.5");
      assertThat(use.runsOut()).isEqualTo("2026-11-21T16:00:00Z");
    }
  }

  private static WorstCase twice(String coarse, String fine, AtomicInteger sought) {
    Ceiling ceiling = new Ceiling("USD", BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO);
    long tokens = new BigDecimal(coarse).movePointRight(6).longValueExact();
    return new WorstCase(
        0,
        tokens,
        1,
        Optional.of(ceiling),
        Optional.of(() -> {
          sought.incrementAndGet();
          return BudgetFixture.usd(fine);
        }));
  }
}
