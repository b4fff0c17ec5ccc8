// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final Watch watch = new Watch();
  private final BlockingQueue<Boolean> waits = new LinkedBlockingQueue<>();

  @Test
  void aRingWhileNobodyWaitsIsKeptForOneWait() {
    watch.ring();
    watch.ring();
    assertThat(watch.await(LONG)).isTrue();
    assertThat(watch.await(SHORT)).isTrue();
  }

  @Test
  void aRingEndsAWait() throws InterruptedException {
    waiting(() -> watch.await(LONG));
    watch.ring();
    assertThat(waits.poll(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingEndsAWaitAndEveryLaterOne() throws InterruptedException {
    waiting(() -> watch.rest(LONG));
    watch.close();
    assertThat(waits.poll(20, TimeUnit.SECONDS)).isFalse();
    assertThat(watch.await(LONG)).isFalse();
    assertThat(watch.rest(LONG)).isFalse();
    assertThat(watch.isOpen()).isFalse();
  }

  @Test
  void aRestIsNotCutShortAndKeepsTheRing() {
    watch.ring();
    assertThat(watch.rest(SHORT)).isTrue();
    assertThat(watch.await(LONG)).isTrue();
  }

  @Test
  void anInterruptEndsAWait() throws InterruptedException {
    Thread thread = waiting(() -> watch.await(LONG));
    thread.interrupt();
    assertThat(waits.poll(20, TimeUnit.SECONDS)).isFalse();
    assertThat(watch.isOpen()).isTrue();
  }

  private Thread waiting(java.util.function.BooleanSupplier wait) {
    return Thread.ofVirtual().start(() -> waits.add(wait.getAsBoolean()));
  }
}
