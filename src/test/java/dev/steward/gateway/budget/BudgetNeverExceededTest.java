// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Subject;
import dev.steward.gateway.estimate.WorstCase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The invariant BudgetNeverExceeded where calls race.
class BudgetNeverExceededTest {
  private static final int CALLS = 1_000;
  private static final Subject WHO = BudgetFixture.agent("refunds", "support", "run-1");

  @TempDir Path folder;

  @Test
  void aThousandCallsRacingForTheLastDollarSpendAtMostThat() throws InterruptedException {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder,
            BudgetFixture.budget("all", "window: month, limit: {cost: 1}, whenTooLarge: refuse"),
            BudgetFixture.budget(
                "support", "scope: {team: support}, window: day, limit: {cost: 1}"),
            BudgetFixture.budget("runs", "window: run, limit: {cost: 1}, whenTooLarge: refuse"))) {
      fixture.budgets().start();
      AtomicLong spentMicros = new AtomicLong();
      AtomicInteger held = new AtomicInteger();
      race(() -> {
        WorstCase worst = BudgetFixture.usd("0.01");
        if (fixture.budgets().reserve(WHO, worst) instanceof Held won) {
          held.incrementAndGet();
          spentMicros.addAndGet(won.worst().outputTokens());
          won.settle(BudgetFixture.cost("0.01"));
        }
      });
      assertThat(held.get()).isEqualTo(100);
      assertThat(spentMicros.get()).isEqualTo(1_000_000);
      assertThat(fixture.use("all").used()).isEqualByComparingTo("1");
      assertThat(fixture.use("runs").reserved()).isZero();
    }
  }

  @Test
  void callsThatAreClampedToWhatIsLeftSpendAtMostThat() throws InterruptedException {
    try (BudgetFixture fixture =
        new BudgetFixture(folder, BudgetFixture.budget("all", "window: day, limit: {cost: 1}"))) {
      AtomicLong spentMicros = new AtomicLong();
      race(() -> {
        if (fixture.budgets().reserve(WHO, BudgetFixture.usd("0.037")) instanceof Held won) {
          long tokens = won.worst().outputTokens();
          assertThat(won.newMax().isEmpty() || won.newMax().getAsLong() == tokens).isTrue();
          spentMicros.addAndGet(tokens);
          won.settle(
              BudgetFixture.cost(BigDecimal.valueOf(tokens).movePointLeft(6).toPlainString()));
        }
      });
      assertThat(spentMicros.get()).isBetween(1_000_000L - 16, 1_000_000L);
      assertThat(fixture.use("all").used()).isLessThanOrEqualTo(BigDecimal.ONE);
    }
  }

  @Test
  void callsThatBeginTogetherAllPassWhileThereIsEnough() throws InterruptedException {
    try (BudgetFixture fixture =
        new BudgetFixture(
            folder,
            BudgetFixture.budget("all", "window: month, limit: {cost: 100000}"),
            BudgetFixture.budget(
                "support", "scope: {team: support}, window: day, limit: {cost: 100000}"))) {
      AtomicInteger held = new AtomicInteger();
      race(() -> {
        if (fixture.budgets().reserve(WHO, BudgetFixture.usd("0.01")) instanceof Held) {
          held.incrementAndGet();
        }
      });
      assertThat(held.get()).isEqualTo(CALLS);
    }
  }

  /// All threads stand at the line before the first may go.
  private static void race(Runnable call) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(CALLS);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                ready.countDown();
                try {
                  go.await();
                  call.run();
                } catch (InterruptedException | RuntimeException | AssertionError e) {
                  failure.set(e);
                }
              }));
    }
    ready.await();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
  }
}
