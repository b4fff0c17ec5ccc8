// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.Command;
import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approvals;
import dev.steward.control.state.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Puts on record which approvals have expired, soon after they have. An answer or a use that comes
/// after the expiry is refused in any case; this wakes the calls that wait.
public final class Expiries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Expiries.class.getName());
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private final Control control;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private Approvals seen;
  private boolean closed;

  private Expiries(Control control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
    this.seen = control.state().approvals();
    this.thread = Thread.ofVirtual().name("expiries").unstarted(this::run);
  }

  /// Begins to watch.
  public static Expiries of(Control control, InstantSource clock) {
    Expiries made = new Expiries(control, clock);
    control.listen(made::published);
    made.thread.start();
    return made;
  }

  /// Ends the watch; what expires from now on is put on record after the next start.
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

  @SuppressWarnings("ReferenceEquality")
  private void published(State state) {
    // Only the thread that publishes writes it; another object means another approval.
    if (state.approvals() == seen) {
      return;
    }
    seen = state.approvals();
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      try {
        if (!waited()) {
          return;
        }
        if (due()) {
          control.submit(new Command.ExpireApprovals(), Actor.SYSTEM);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "what has expired is not on record yet; it is tried again", e);
        if (!rested()) {
          return;
        }
      }
    }
  }

  private boolean due() {
    return control
        .state()
        .approvals()
        .nextDue()
        .filter(next -> !next.isAfter(clock.instant()))
        .isPresent();
  }

  /// @return false when it is closed
  private boolean waited() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<Instant> next = control.state().approvals().nextDue();
        if (next.isEmpty()) {
          changed.await();
          continue;
        }
        Duration left = Duration.between(clock.instant(), next.get());
        if (!left.isPositive()) {
          return true;
        }
        // The clock may be set, so a long wait is begun again now and then.
        Duration wait = left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
        if (changed.awaitNanos(wait.toNanos()) <= 0) {
          return true;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean rested() {
    lock.lock();
    try {
      long left = RETRY_EVERY.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }
}
