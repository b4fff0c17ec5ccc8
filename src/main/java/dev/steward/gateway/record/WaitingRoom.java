// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where records stand until they are written, so that no call waits for the disk. It has a limit;
/// a close waits for all who are in, but not for a disk that refuses.
public final class WaitingRoom implements AutoCloseable {
  private final int places;
  private final Duration pauseMin;
  private final Duration pauseMax;
  private final Duration leaveAfter;
  private final Semaphore free;
  private final CountDownLatch leaving = new CountDownLatch(1);

  /// @param pauseMin before a second try; it doubles up to `pauseMax`
  /// @param leaveAfter how long a close waits for a disk that refuses
  public WaitingRoom(int places, Duration pauseMin, Duration pauseMax, Duration leaveAfter) {
    this.places = places;
    this.pauseMin = pauseMin;
    this.pauseMax = pauseMax;
    this.leaveAfter = leaveAfter;
    this.free = new Semaphore(places);
  }

  /// Takes a place, and waits for one.
  public void enter() {
    free.acquireUninterruptibly();
  }

  /// Takes a place if there is one.
  public boolean tryEnter() {
    return free.tryAcquire();
  }

  public void leave() {
    free.release();
  }

  /// Waits before another try, longer each time.
  ///
  /// @param tries how many have failed
  /// @return false when there is no other: the server stops
  public boolean pause(int tries) throws InterruptedException {
    Duration pause = pauseMin;
    for (int i = 1; i < tries && pause.compareTo(pauseMax) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    Duration longest = pause.compareTo(pauseMax) < 0 ? pause : pauseMax;
    return !leaving.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    try {
      if (!free.tryAcquire(places, leaveAfter.toMillis(), TimeUnit.MILLISECONDS)) {
        leaving.countDown();
        free.acquire(places);
      }
      free.release(places);
    } catch (InterruptedException e) {
      leaving.countDown();
      Thread.currentThread().interrupt();
    }
  }
}
