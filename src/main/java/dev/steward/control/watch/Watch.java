// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.watch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What one thread waits on between its rounds: until it is rung, a time has passed, or it is
/// closed. A ring that comes while the thread works is kept for its next wait.
public final class Watch implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean rung;
  private boolean closed;

  /// Says that there may be something to do.
  public void ring() {
    lock.lock();
    try {
      rung = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends this wait and every later one.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a ring, so long at most.
  ///
  /// @return false when it is closed, or the thread is interrupted
  public boolean await(Duration longest) {
    return waited(longest, false);
  }

  /// Waits so long, whether it is rung or not.
  ///
  /// @return false when it is closed, or the thread is interrupted
  public boolean rest(Duration time) {
    return waited(time, true);
  }

  public boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean waited(Duration time, boolean whole) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && (whole || !rung) && left > 0) {
        left = changed.awaitNanos(left);
      }
      rung = whole && rung;
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }
}
