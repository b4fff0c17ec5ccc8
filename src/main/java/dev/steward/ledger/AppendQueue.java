// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for a ledger's writer, bounded in appends and in bytes.
final class AppendQueue {
  private final String origin;
  private final LedgerConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<WaitingAppend> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean closed;
  private boolean woken;

  AppendQueue(String origin, LedgerConfig config) {
    this.origin = origin;
    this.config = config;
  }

  void add(WaitingAppend append) {
    long bytes = append.bytes();
    lock.lock();
    try {
      if (closed) {
        throw new ApiException(
            ErrorCode.LEDGER_BUSY, "the ledger " + origin + " is closing; try again later");
      }
      boolean tooMany = waiting.size() >= config.waitingAppendsMax();
      boolean tooLarge = waitingBytes > 0 && waitingBytes + bytes > config.waitingBytesMax();
      if (tooMany || tooLarge) {
        throw new ApiException(
            ErrorCode.LEDGER_BUSY,
            "%d appends with %d bytes wait for the ledger %s; try again in a second"
                .formatted(waiting.size(), waitingBytes, origin));
      }
      waiting.add(append);
      waitingBytes += bytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The next appends to be written together, none after the given time, when woken, or when closed
  /// and empty.
  List<WaitingAppend> take(Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long nanos = timeout.toNanos();
      while (waiting.isEmpty() && !closed && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
      List<WaitingAppend> batch = new ArrayList<>();
      int entries = 0;
      while (!waiting.isEmpty()
          && (batch.isEmpty()
              || entries + waiting.getFirst().entries().size() <= config.batchEntriesMax())) {
        WaitingAppend next = waiting.removeFirst();
        waitingBytes -= next.bytes();
        entries += next.entries().size();
        batch.add(next);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /// Lets the writer look at what is due.
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets nothing more in.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing waits and nothing will.
  boolean finished() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
