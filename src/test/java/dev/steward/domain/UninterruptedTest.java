// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  @AfterEach
  void leavesNoInterruptToTheNextTest() {
    Thread.interrupted();
  }

  @Test
  void waitsForTheEndOfAThreadAlthoughInterrupted() {
    CountDownLatch go = new CountDownLatch(1);
    Thread waited = Thread.ofVirtual().start(() -> uninterrupted(go));
    Thread waiting = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          waiting.interrupt();
          go.countDown();
        });
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(waited);
      assertThat(waited.isAlive()).isFalse();
    }
  }

  @Test
  void beginsAgainAfterEveryInterrupt() {
    AtomicInteger tries = new AtomicInteger();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(() -> {
        if (tries.incrementAndGet() < 3) {
          throw new InterruptedException();
        }
      });
    }
    assertThat(tries).hasValue(3);
  }

  @Test
  void keepsTheInterruptUntilItIsClosed() {
    Thread.currentThread().interrupt();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(new CountDownLatch(0)::await);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void interruptsNobodyWhoWasNotInterrupted() {
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(Thread.ofVirtual().start(() -> {}));
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static void uninterrupted(CountDownLatch latch) {
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(latch::await);
    }
  }
}
