// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.control.Control;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Approvals;
import dev.steward.control.approval.Status;
import dev.steward.control.state.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The calls that wait here for an answer. Each is woken by the State in which its approval is no
/// longer pending; none asks on its own.
final class Held {
  private static final System.Logger LOG = System.getLogger(Held.class.getName());

  private final Control control;
  private final Semaphore room;
  private final Map<String, Queue<CountDownLatch>> waiting = new ConcurrentHashMap<>();
  private Approvals seen;

  private Held(Control control, int callsMax) {
    this.control = control;
    this.room = new Semaphore(callsMax);
    this.seen = control.state().approvals();
  }

  static Held of(Control control, int callsMax) {
    Held held = new Held(control, callsMax);
    control.listen(held::published);
    return held;
  }

  /// Returns when the approval is no longer pending or the time is over; at once where too many
  /// calls wait already or the thread is interrupted, which it stays.
  void await(String approval, Duration time) {
    if (!time.isPositive() || !room.tryAcquire()) {
      return;
    }
    CountDownLatch answered = new CountDownLatch(1);
    waiting.compute(approval, (_, queue) -> with(queue, answered));
    try {
      // Looked at after it is registered: what is published from now on wakes it.
      if (pending(control.state(), approval)) {
        boolean woken = answered.await(time.toNanos(), TimeUnit.NANOSECONDS);
        LOG.log(Level.DEBUG, "a call held for approval {0} was woken: {1}", approval, woken);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.computeIfPresent(approval, (_, queue) -> without(queue, answered));
      room.release();
    }
  }

  /// How many calls wait.
  int count() {
    int count = 0;
    for (Queue<CountDownLatch> queue : waiting.values()) {
      count += queue.size();
    }
    return count;
  }

  @SuppressWarnings("ReferenceEquality")
  private void published(State state) {
    // Only the thread that publishes reads and writes it.
    if (state.approvals() == seen) {
      return;
    }
    seen = state.approvals();
    for (Map.Entry<String, Queue<CountDownLatch>> held : waiting.entrySet()) {
      if (!pending(state, held.getKey())) {
        held.getValue().forEach(CountDownLatch::countDown);
      }
    }
  }

  private static boolean pending(State state, String id) {
    return state
        .approvals()
        .find(id)
        .map(Approval::status)
        .filter(Status.PENDING::equals)
        .isPresent();
  }

  private static Queue<CountDownLatch> with(
      @Nullable Queue<CountDownLatch> queue, CountDownLatch more) {
    Queue<CountDownLatch> all = queue == null ? new ConcurrentLinkedQueue<>() : queue;
    all.add(more);
    return all;
  }

  private static @Nullable Queue<CountDownLatch> without(
      Queue<CountDownLatch> queue, CountDownLatch gone) {
    queue.remove(gone);
    return queue.isEmpty() ? null : queue;
  }
}
