// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import dev.steward.domain.LoopRule.Action;
import dev.steward.domain.LoopRule.Limit;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known of loops when a server is gone, without having closed anything, and another one
/// begins where it stood.
class LoopMemoryTest {
  private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  private static final LoopLimits FOUR_STEPS =
      new LoopLimits(
          Map.of(
              LoopRule.STEPS, new Limit(4, Action.STOP),
              LoopRule.SPEND_RATE, new Limit(5, Action.STOP)));

  @TempDir Path folder;
  private final List<Diary> diaries = new ArrayList<>();
  private int calls;

  @Test
  void aStoppedRunStaysStopped() {
    Loops before = loops();
    for (int i = 0; i < 4; i++) {
      step(before, "long", "0.01");
    }
    Loop stopped = before.stopped("long").orElseThrow();

    Loops after = loops();

    assertThat(after.stopped("long")).contains(stopped);
    assertThat(stopped.reason()).isEqualTo("asked a model 4 times in one run");
    assertThat(after.stopped("other")).isEmpty();
  }

  @Test
  void stepsAreCountedOn() {
    Loops before = loops();
    step(before, "run", "0.01");
    step(before, "run", "0.01");

    Loops after = loops();
    assertThat(step(after, "run", "0.01")).isEmpty();

    assertThat(step(after, "run", "0.01")).extracting(Loop::rule).containsExactly(LoopRule.STEPS);
  }

  @Test
  void stepsOfARunThatWasQuietAreCountedOn() {
    Loops loops = new Loops(1, Duration.ofHours(1), LoopMemory.none());
    step(loops, "run", "0.01");
    step(loops, "run", "0.01");
    step(loops, "another", "0.01");
    assertThat(step(loops, "run", "0.01")).isEmpty();

    assertThat(step(loops, "run", "0.01")).extracting(Loop::rule).containsExactly(LoopRule.STEPS);
  }

  @Test
  void whatAnAgentSpendsIsRemembered() {
    Loops before = loops();
    for (int i = 0; i < Pace.LEARNT_FROM; i++) {
      step(before, "usual-" + i, "0.05");
    }

    List<Loop> told = step(loops(), "dear", "2.00");

    assertThat(told).extracting(Loop::rule).containsExactly(LoopRule.SPEND_RATE);
    assertThat(told.getFirst().reason()).contains("40 times");
    assertThat(told.getFirst().stops()).isTrue();
  }

  @Test
  void aRunThatWasLetGoOnIsNotStoppedAgainByARestart() {
    Loops before = loops();
    for (int i = 0; i < 4; i++) {
      step(before, "long", "0.01");
    }
    before.forget("long");

    assertThat(loops().stopped("long")).isEmpty();
  }

  @Test
  void linesThatWereCutOffAreLeftOut() throws IOException {
    Loops before = loops();
    for (int i = 0; i < 4; i++) {
      step(before, "long", "0.01");
    }
    diaries.forEach(Diary::flush);
    for (String file : List.of("stopped", "steps")) {
      Files.writeString(
          folder.resolve(file),
          "{\"run\":\"cut\",\"rule\":\"sam",
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);
    }

    Loops after = loops();

    assertThat(after.stopped("long")).isPresent();
    assertThat(after.stopped("cut")).isEmpty();
  }

  @AfterEach
  void close() {
    diaries.forEach(Diary::close);
  }

  /// Steps are written a moment later; that moment is over here.
  private Loops loops() {
    diaries.forEach(Diary::flush);
    LoopMemory memory =
        new LoopMemory(
            diary("stopped", LoopMemory.STOPPED_MAX), diary("steps", LoopMemory.STEPS_MAX));
    return new Loops(100, Duration.ofHours(1), memory);
  }

  private Diary diary(String name, int lines) {
    Diary diary = FileDiary.open(folder.resolve(name), lines);
    diaries.add(diary);
    return diary;
  }

  private List<Loop> step(Loops loops, String run, String cost) {
    String call = "call-" + ++calls;
    String said = "[{\"role\":\"user\",\"content\":\"%s\"}]".formatted(call);
    Instant at = START.plusSeconds(120L * calls);
    List<Loop> told = new ArrayList<>();
    told.addAll(loops.observe(run, "support", FOUR_STEPS, new Step.Asked(at, call, said, "")));
    Cost spent = new Cost.Known(new BigDecimal(cost), "USD", Cost.Source.REPORTED, "");
    told.addAll(
        loops.observe(run, "support", FOUR_STEPS, new Step.Answered(at, call, "", "", spent)));
    return told;
  }
}
