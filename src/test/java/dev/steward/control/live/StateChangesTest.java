// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.command.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateChangesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private ControlFixture fixture;
  private StateChanges changes;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new ControlFixture(folder);
    changes = StateChanges.of(fixture.control(), 2, 1);
  }

  @AfterEach
  void close() {
    changes.close();
    fixture.close();
  }

  @Test
  void aWaitEndsWithTheStateThatMakesItSo() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<Boolean> so = new AtomicReference<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(() ->
                so.set(
                    changes.await(
                        "key",
                        () -> {
                          asked.incrementAndGet();
                          waits.countDown();
                          return set("b");
                        },
                        LONG)));
    assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();

    fixture.submit(new Command.ChangeSetting("a", "yes"));
    fixture.submit(new Command.ChangeSetting("b", "yes"));

    waiter.join();
    assertThat(so).hasValue(true);
    assertThat(asked.get()).isBetween(2, 3);
  }

  @Test
  void itIsAskedOnceWhereNobodyWantsToWait() {
    assertThat(changes.await("key", () -> set("b"), Duration.ZERO)).isFalse();
    fixture.submit(new Command.ChangeSetting("b", "yes"));
    assertThat(changes.await("key", () -> set("b"), Duration.ZERO)).isTrue();
  }

  @Test
  void oneTooManyDoesNotWaitAndClosingEndsAllWaits() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    AtomicReference<Boolean> so = new AtomicReference<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(() ->
                so.set(
                    changes.await(
                        "key",
                        () -> {
                          waits.countDown();
                          return false;
                        },
                        LONG)));
    assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
    while (changes.waiting() < 1) {
      Thread.onSpinWait();
    }

    assertThat(changes.await("key", () -> false, LONG)).isFalse();
    changes.close();

    waiter.join();
    assertThat(so).hasValue(false);
    assertThat(changes.await("key", () -> false, LONG)).isFalse();
  }

  @Test
  void oneOfThemCannotTakeTheWaitsOfOthers() throws InterruptedException {
    Thread first = Thread.ofVirtual().start(() -> changes.await("key", () -> false, LONG));
    while (changes.waiting() < 1) {
      Thread.onSpinWait();
    }
    assertThat(changes.await("key", () -> false, LONG)).isFalse();
    assertThat(changes.waiting()).isEqualTo(1);

    Thread other = Thread.ofVirtual().start(() -> changes.await("other", () -> false, LONG));
    while (changes.waiting() < 2) {
      Thread.onSpinWait();
    }
    changes.close();
    first.join();
    other.join();
    assertThat(changes.waiting()).isZero();
  }

  private boolean set(String setting) {
    return fixture.state().setting(setting).isPresent();
  }
}
