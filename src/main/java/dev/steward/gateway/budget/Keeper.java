// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.BudgetLog;
import dev.steward.domain.Uninterrupted;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What goes on behind the calls: syncing the log, borrowing before a call has to wait for it,
/// giving back what nobody uses, keeping the log short.
final class Keeper implements Runnable, AutoCloseable {
  private static final Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration SYNC_EVERY = Duration.ofMillis(50);
  private static final Duration TIDY_EVERY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration RUN_IDLE = Duration.ofDays(1);
  private static final int RUNS_MAX = 100_000;
  private static final long LOG_BYTES_MAX = 16L << 20;
  private static final int QUEUE_MAX = 10_000;

  private final Budgets budgets;
  private final Lender lender;
  private final BudgetLog log;
  private final InstantSource clock;
  private final BlockingQueue<Counter> low = new ArrayBlockingQueue<>(QUEUE_MAX);
  private long compactedBytes;
  private volatile boolean closed;
  private @Nullable Thread thread;

  Keeper(Budgets budgets, Lender lender, BudgetLog log, InstantSource clock) {
    this.budgets = budgets;
    this.lender = lender;
    this.log = log;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().name("budgets").daemon().start(this);
  }

  /// Notes windows of which too little is borrowed for one more call like the last; under the
  /// budgets' lock.
  void watch(List<Level> levels) {
    for (Level level : levels) {
      Counter.Loan loan = level.counter().loan();
      if (thread != null && !loan.queued && low(level)) {
        loan.queued = low.offer(level.counter());
      }
    }
  }

  static boolean low(Level level) {
    Counter counter = level.counter();
    return !counter.key().byRun()
        && level.available().compareTo(counter.loan().lastNeed) < 0
        && level.limit().compareTo(counter.used().add(counter.reserved())) > 0;
  }

  @Override
  public void run() {
    long synced = System.nanoTime();
    long tidied = synced;
    while (!closed) {
      try {
        Counter counter = low.poll(SYNC_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (counter != null) {
          borrow(counter);
        }
        long now = System.nanoTime();
        if (now - synced >= SYNC_EVERY.toNanos()) {
          log.sync();
          synced = now;
        }
        if (now - tidied >= TIDY_EVERY.toNanos()) {
          tidy();
          tidied = now;
        }
      } catch (InterruptedException _) {
        closed = true;
      } catch (RuntimeException e) {
        LOG.log(Logger.Level.WARNING, "budgets are not kept up; trying again", e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(TIDY_EVERY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void borrow(Counter counter) {
    Level level = budgets.lowOn(counter);
    if (level != null) {
      BigDecimal need = budgets.lastNeed(counter);
      lender.lend(level, need, true);
    }
  }

  /// Gives back what nobody uses, forgets what is over, and writes the log anew where it is long.
  void tidy() {
    Instant now = clock.instant();
    for (Counter counter : budgets.resting(now, IDLE, RUN_IDLE, RUNS_MAX)) {
      if (!counter.key().byRun()) {
        lender.giveBack(counter);
      }
      if (counter.key().byRun() || Resting.over(counter, now, RUN_IDLE)) {
        budgets.forget(counter);
      }
    }
    if (log.bytes() > LOG_BYTES_MAX + 2 * compactedBytes) {
      budgets.compact();
      compactedBytes = log.bytes();
    }
  }

  /// Gives back all that is not reserved.
  void giveAllBack() {
    Instant now = clock.instant();
    for (Counter counter : budgets.resting(now, Duration.ofSeconds(-1), RUN_IDLE, RUNS_MAX)) {
      if (!counter.key().byRun()) {
        lender.giveBack(counter);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    try (Uninterrupted work = new Uninterrupted()) {
      if (running != null) {
        work.join(running);
      }
      giveAllBack();
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.WARNING, "what is borrowed is given back at the next start", e);
    }
  }
}
