// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The pauses between tries at something that fails: each twice as long as the one before, up to a
/// limit, and over at once when the loader stops.
final class Patience {
  private final Duration min;
  private final Duration max;
  private final CountDownLatch stop;
  private Duration next;

  Patience(LoaderConfig config, CountDownLatch stop) {
    this.min = config.storeRetryMin();
    this.max = config.storeRetryMax();
    this.next = min;
    this.stop = stop;
  }

  /// Pauses; false when the loader stops and there is no next try.
  boolean pause() throws InterruptedException {
    boolean stopped = stop.await(next.toNanos(), TimeUnit.NANOSECONDS);
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(max) > 0 ? max : twice;
    return !stopped;
  }

  void reset() {
    next = min;
  }
}
