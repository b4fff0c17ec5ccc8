// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// Sums of what came of copies, told to the ledger together: a copy is not worth an entry of its
/// own.
public final class Tallies implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tallies.class.getName());

  private final BiConsumer<String, Map<String, BigDecimal>> told;
  private final Duration every;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
  private final Thread teller;
  private boolean closed;

  /// @param told is given a release and what is to be added to its sums
  Tallies(BiConsumer<String, Map<String, BigDecimal>> told, Duration every) {
    this.told = told;
    this.every = every;
    this.teller = Thread.ofVirtual().name("shadow-tallies").start(this::tell);
  }

  public void add(String release, String word, long count) {
    add(release, Map.of(word, BigDecimal.valueOf(count)));
  }

  public void add(String release, Map<String, BigDecimal> more) {
    lock.lock();
    try {
      Map<String, BigDecimal> mine = sums.computeIfAbsent(release, _ -> new TreeMap<>());
      more.forEach((word, sum) -> mine.merge(word, sum, BigDecimal::add));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    boolean more = true;
    while (more) {
      more = waited();
      drained().forEach(this::told);
    }
  }

  private void told(String release, Map<String, BigDecimal> counts) {
    try {
      told.accept(release, counts);
    } catch (RuntimeException e) {
      // The ledger is busy or full; it is told with what comes next.
      LOG.log(Level.WARNING, "what came of copies for release " + release + " waits", e);
      add(release, counts);
    }
  }

  /// @return false when it is closed
  private boolean waited() {
    lock.lock();
    try {
      while (sums.isEmpty() && !closed) {
        changed.await();
      }
      long left = every.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Map<String, BigDecimal>> drained() {
    lock.lock();
    try {
      Map<String, Map<String, BigDecimal>> all = sums;
      sums = new HashMap<>();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// Tells what is left.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      teller.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
