// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.Control;
import dev.steward.control.state.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where threads wait until something that State says has changed. They are woken by each State
/// that is published, and by nothing else.
public final class StateChanges implements AutoCloseable {
  private final Supplier<State> state;
  private final int waitingMax;
  private final int eachMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private final Map<String, Integer> waits = new HashMap<>();
  private int waiting;
  private boolean closed;

  private StateChanges(Supplier<State> state, int waitingMax, int eachMax) {
    this.state = state;
    this.waitingMax = waitingMax;
    this.eachMax = eachMax;
  }

  /// @param waitingMax threads that may wait at a time; one more does not wait
  /// @param eachMax of these for one of those who wait
  public static StateChanges of(Control control, int waitingMax, int eachMax) {
    StateChanges made = new StateChanges(control::state, waitingMax, eachMax);
    control.listen(_ -> made.wake());
    return made;
  }

  /// Waits until it is so, for so long at most. It is asked on the caller's thread, now and for
  /// every State that comes.
  ///
  /// @param who waits, such as the id of a key
  /// @return whether it is so
  public boolean await(String who, BooleanSupplier so, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    long seen = state.get().sequence();
    boolean is = so.getAsBoolean();
    while (!is && next(who, seen, deadline)) {
      seen = state.get().sequence();
      is = so.getAsBoolean();
    }
    return is;
  }

  /// Waits for another State.
  ///
  /// @return false when there will be none in time
  private boolean next(String who, long seen, long deadline) {
    lock.lock();
    try {
      if (waiting >= waitingMax || waits.getOrDefault(who, 0) >= eachMax) {
        return false;
      }
      waiting++;
      waits.merge(who, 1, Integer::sum);
      try {
        long left = deadline - System.nanoTime();
        while (!closed && state.get().sequence() == seen && left > 0) {
          left = published.awaitNanos(left);
        }
        return !closed && state.get().sequence() != seen;
      } finally {
        waiting--;
        waits.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// How many threads wait now.
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waits.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
