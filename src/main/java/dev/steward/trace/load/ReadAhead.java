// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What is read and not loaded yet: the bounded stretch between the thread that reads the journal
/// and the thread that writes the span store, so that a pause of the store does not stop the
/// reading.
final class ReadAhead {
  private final LoaderConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Read> waiting = new ArrayDeque<>();
  private List<Read> inWork = List.of();
  private long bytes;
  private long rows;

  /// When the oldest of those waiting came, or one taken before it: never too late.
  private long firstPut;

  private boolean full;
  private boolean closed;

  ReadAhead(LoaderConfig config) {
    this.config = config;
  }

  /// Adds a record, waiting for room; one that alone is over the limit is let in when nothing else
  /// is there.
  void put(Read read) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (bytes > 0 && bytes + read.bytes() > config.tailBytesMax()) {
        full = true;
        changed.signalAll();
        changed.await();
      }
      full = false;
      boolean first = waiting.isEmpty();
      if (first) {
        firstPut = System.nanoTime();
      }
      waiting.add(read);
      bytes += read.bytes();
      rows += read.rows();
      // Who takes sleeps until the first is late: between, only enough rows are worth waking it.
      if (first || rows >= config.flushRows()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next batch's records once there are enough of them, or the first has waited long
  /// enough, or there is no room for more. Empty when closed and nothing is left.
  List<Read> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!due()) {
        if (waiting.isEmpty()) {
          changed.await();
        } else {
          changed.awaitNanos(firstPut + config.flushEvery().toNanos() - System.nanoTime());
        }
      }
      List<Read> taken = new ArrayList<>();
      for (long takenRows = 0; !waiting.isEmpty() && takenRows < config.batchRowsMax(); ) {
        Read next = waiting.remove();
        taken.add(next);
        takenRows += next.rows();
      }
      rows -= taken.stream().mapToLong(Read::rows).sum();
      inWork = taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Frees the room of what was taken last.
  void done() {
    lock.lock();
    try {
      bytes -= inWork.stream().mapToLong(Read::bytes).sum();
      inWork = List.of();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// When the oldest of all that is read and not loaded was received.
  Optional<Instant> oldest() {
    lock.lock();
    try {
      Read first = inWork.isEmpty() ? waiting.peek() : inWork.getFirst();
      return Optional.ofNullable(first).map(read -> read.record().received());
    } finally {
      lock.unlock();
    }
  }

  /// Lets the taking side have what is left, and then end.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean due() {
    if (waiting.isEmpty()) {
      return closed;
    }
    boolean late = System.nanoTime() - firstPut >= config.flushEvery().toNanos();
    return closed || full || late || rows >= config.flushRows();
  }
}
