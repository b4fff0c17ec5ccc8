// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.Batch;
import dev.steward.trace.JournalPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far the loader is, and what holds it up: what its two threads tell and others ask.
public final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final AtomicLong logs = new AtomicLong();
  private final AtomicLong metrics = new AtomicLong();
  private JournalPosition loaded = JournalPosition.START;
  private volatile @Nullable String storeTrouble;
  private volatile @Nullable String journalTrouble;

  void loaded(JournalPosition upTo) {
    lock.lock();
    try {
      loaded = upTo;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void written(Batch batch) {
    logs.addAndGet(batch.logs().size());
    metrics.addAndGet(batch.metrics().size());
    loaded(batch.upTo());
  }

  boolean await(JournalPosition position, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (loaded.compareTo(position) < 0 && left > 0) {
        left = moved.awaitNanos(left);
      }
      return loaded.compareTo(position) >= 0;
    } finally {
      lock.unlock();
    }
  }

  void storeTrouble(@Nullable String reason) {
    storeTrouble = reason;
  }

  void journalTrouble(@Nullable String reason) {
    journalTrouble = reason;
  }

  /// Why nothing moves, null while all is well.
  public @Nullable String trouble() {
    return journalTrouble != null ? journalTrouble : storeTrouble;
  }

  /// Log records that were loaded since the start.
  public long logs() {
    return logs.get();
  }

  /// Metric points that were loaded since the start.
  public long metrics() {
    return metrics.get();
  }
}
