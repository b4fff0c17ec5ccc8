// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The speed of life until the curtain falls; what is still being played then comes to its end at
/// once, so that nobody leaves in the middle of a word.
public final class Curtain implements Pause {
  private final CountDownLatch fallen = new CountDownLatch(1);

  @Override
  public void of(Duration taken) throws InterruptedException {
    boolean _ = fallen.await(taken.toNanos(), TimeUnit.NANOSECONDS);
  }

  public void fall() {
    fallen.countDown();
  }
}
