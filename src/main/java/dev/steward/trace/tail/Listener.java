// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A subscription that folds what its reader has not taken yet into one change.
final class Listener implements Subscription {
  /// Traces in one change; beyond it a page is quicker to read anew.
  static final int TRACES_MAX = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Consumer<Listener> leave;
  private final Set<String> pending = new HashSet<>();
  private boolean overflowed;

  Listener(Consumer<Listener> leave) {
    this.leave = leave;
  }

  void tell(Set<String> traces) {
    lock.lock();
    try {
      if (!overflowed) {
        pending.addAll(traces);
      }
      if (pending.size() > TRACES_MAX) {
        overflowed = true;
        pending.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Change take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (pending.isEmpty() && !overflowed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (overflowed) {
        overflowed = false;
        return new Change.Refresh();
      }
      if (pending.isEmpty()) {
        return new Change.Quiet();
      }
      Change.Traces change = new Change.Traces(Set.copyOf(pending));
      pending.clear();
      return change;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    leave.accept(this);
  }
}
