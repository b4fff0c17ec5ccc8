// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The requests that are being answered, for who must not go before they are.
final class BeingServed {
  private final Semaphore free = new Semaphore(Integer.MAX_VALUE);

  /// Answers one. After all have ended none begins.
  void serve(Runnable answering) {
    if (!free.tryAcquire()) {
      throw new IllegalStateException("the server has stopped");
    }
    try {
      answering.run();
    } finally {
      free.release();
    }
  }

  /// Waits until none is left.
  ///
  /// @return whether none was within the time
  boolean awaitNone(Duration time) throws InterruptedException {
    return free.tryAcquire(Integer.MAX_VALUE, time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
