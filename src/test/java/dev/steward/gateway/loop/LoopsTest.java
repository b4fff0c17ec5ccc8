// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoopsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void eachRunHasAWatchOfItsOwn() {
    Loops loops = new Loops(10, HOUR, LoopMemory.none());
    for (int i = 0; i < 4; i++) {
      call(loops, "a", i);
      call(loops, "b", i);
    }
    assertThat(loops.stopped("a")).isEmpty();

    assertThat(call(loops, "a", 5)).hasSize(1);
    assertThat(loops.stopped("a")).isPresent();
    assertThat(loops.stopped("b")).isEmpty();
    assertThat(loops.stopped("never seen")).isEmpty();
  }

  @Test
  void theRunQuietForTheLongestIsForgottenFirst() {
    Loops loops = new Loops(2, HOUR, LoopMemory.none());
    repeat(loops, "a", 0);
    repeat(loops, "b", 1);
    call(loops, "a", 2);
    call(loops, "c", 3);

    assertThat(loops.size()).isEqualTo(2);
    assertThat(loops.stopped("a")).isPresent();
    assertThat(call(loops, "b", 5)).as("its first, as it seems").isEmpty();
    assertThat(loops.stopped("b")).isEmpty();
  }

  @Test
  void aRunThatIsQuietForTooLongIsForgottenButStaysStopped() {
    Loops loops = new Loops(10, HOUR, LoopMemory.none());
    stop(loops, "a", 0);
    call(loops, "b", 3_601);

    assertThat(loops.size()).isEqualTo(1);
    assertThat(loops.stopped("a")).isPresent();
    assertThat(loops.stopped("b")).isEmpty();
  }

  @Test
  void aRunThatAPersonLetsGoOnBeginsAnew() {
    Loops loops = new Loops(10, HOUR, LoopMemory.none());
    stop(loops, "a", 0);
    loops.forget("a");

    assertThat(call(loops, "a", 1)).isEmpty();
    assertThat(loops.stopped("a")).isEmpty();
  }

  @Test
  void manyThreadsLoseNoStep() throws InterruptedException, ExecutionException {
    Loops loops = new Loops(64, HOUR, LoopMemory.none());
    List<Future<List<Loop>>> tasks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32 * 5; i++) {
        String run = "run-" + i % 32;
        tasks.add(threads.submit(() -> call(loops, run, 0)));
      }
    }

    int found = 0;
    for (Future<List<Loop>> task : tasks) {
      found += task.get().size();
    }
    assertThat(found).isEqualTo(32);
  }

  @Test
  void noRunsAtAllCannotBeWatched() {
    assertThatThrownBy(() -> new Loops(0, HOUR, LoopMemory.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// One short of a loop.
  private static void repeat(Loops loops, String run, int second) {
    for (int i = 0; i < 4; i++) {
      call(loops, run, second);
    }
  }

  private static void stop(Loops loops, String run, int second) {
    for (int i = 0; i < 5; i++) {
      call(loops, run, second);
    }
  }

  private static List<Loop> call(Loops loops, String run, int second) {
    return loops.observe(
        run,
        "support",
        LoopLimits.DEFAULT,
        Step.ToolCalled.of(
            Dialogue.START.plusSeconds(second),
            "get_order",
            JSON.readTree("{}"),
            JSON.readTree("\"sent\"")));
  }
}
