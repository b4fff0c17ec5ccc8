// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static dev.steward.trace.SpanDraft.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.behaviour.LateTraces;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.run.Silence;
import dev.steward.trace.tail.InMemorySpanStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SignalWatchTest {
  private final BlockingQueue<String> order = new LinkedBlockingQueue<>();
  private final AtomicReference<SignalWatch> watch = new AtomicReference<>();
  private final Thread closer =
      Thread.ofPlatform()
          .unstarted(() -> {
            watch.get().close();
            order.add("closed");
          });

  @Test
  void whatStandsBehindItIsClosedOnlyWhenItLooksNoMore() throws InterruptedException {
    watch.set(
        new SignalWatch(
            new InMemorySpanStore(_ -> Optional.empty(), Silence.DEFAULT, () -> NOON),
            Set::of,
            new LateTraces(),
            new KeptReadings(Diary.NONE),
            () -> NOON,
            this::closedWhileItLooks,
            Duration.ofMillis(1)));
    watch.get().start();

    assertThat(order.take()).isEqualTo("looked");
    assertThat(order.take()).isEqualTo("closed");
  }

  private boolean closedWhileItLooks() {
    closer.start();
    while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
      Thread.onSpinWait();
    }
    order.add("looked");
    return false;
  }
}
