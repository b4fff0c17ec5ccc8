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
  void theSpendOfTheRunningMinuteGoesOn() {
    Loops before = loops();
    for (int i = 0; i < Pace.LEARNT_FROM; i++) {
      step(before, "usual-" + i, "0.05");
    }
    Instant noon = START.plus(Duration.ofHours(3));
    assertThat(step(before, "dear", "0.20", noon)).isEmpty();

    Loops after = loops();
    List<Loop> told = step(after, "dear", "0.20", noon.plusSeconds(20));

    assertThat(told).extracting(Loop::rule).containsExactly(LoopRule.SPEND_RATE);
    assertThat(told.getFirst().reason()).startsWith("spent 0.40 USD within a minute, 7 times");
    assertThat(step(loops(), "dear", "0.20", noon.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void widthsOfDelegationGoOn() {
    List<Loop> told = new ArrayList<>();
    for (int level = 0; level <= 3; level++) {
      Loops begin = loops();
      for (int i = 0; i < 1 << level; i++) {
        assertThat(told).isEmpty();
        told.addAll(says(begin, user(level, i), calls(1, level, i)));
      }
      Loops goOn = loops();
      for (int i = 0; i < 1 << level && level < 3; i++) {
        String whole = user(level, i) + "," + calls(1, level, i) + "," + result(level, i);
        told.addAll(says(goOn, whole, calls(2, level, i)));
      }
    }

    assertThat(told).extracting(Loop::rule).containsExactly(LoopRule.FAN_OUT);
    assertThat(told.getFirst().reason()).contains("1 → 2 → 4 → 8");
  }

  @Test
  void whatWasToldOfARunIsNotToldAgain() {
    Loops before = loops();
    LoopLimits flagged = new LoopLimits(Map.of(LoopRule.STEPS, new Limit(2, Action.FLAG)));
    List<Loop> told = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      told.addAll(step(before, "long", "0.01", START, flagged));
    }
    assertThat(told).extracting(Loop::rule).containsExactly(LoopRule.STEPS);

    assertThat(step(loops(), "long", "0.01", START, flagged)).isEmpty();
  }

  @Test
  void aRunThatWasLetGoOnIsNotStoppedAgainByARestart() {
    Loops before = loops();
    for (int i = 0; i < 4; i++) {
      step(before, "long", "0.01");
    }
    before.forget("long");

    Loops after = loops();
    assertThat(after.stopped("long")).isEmpty();
    assertThat(step(after, "long", "0.01")).as("its first step from then on").isEmpty();
  }

  @Test
  void linesOfOlderVersionsAreRead() throws IOException {
    Files.writeString(
        folder.resolve("steps"),
        """
        {"run":"long","steps":3,"agent":"support","average":"0.01","currency":"USD","calls":3}
        """);

    assertThat(step(loops(), "long", "0.01"))
        .extracting(Loop::rule)
        .containsExactly(LoopRule.STEPS);
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
    return step(loops, run, cost, START.plusSeconds(120L * (calls + 1)));
  }

  private List<Loop> step(Loops loops, String run, String cost, Instant at) {
    return step(loops, run, cost, at, FOUR_STEPS);
  }

  private List<Loop> step(Loops loops, String run, String cost, Instant at, LoopLimits limits) {
    String call = "call-" + ++calls;
    String said = "[{\"role\":\"user\",\"content\":\"%s\"}]".formatted(call);
    List<Loop> told = new ArrayList<>();
    told.addAll(loops.observe(run, "support", limits, new Step.Asked(at, call, said, "")));
    Cost spent = new Cost.Known(new BigDecimal(cost), "USD", Cost.Source.REPORTED, "");
    told.addAll(loops.observe(run, "support", limits, new Step.Answered(at, call, "", "", spent)));
    return told;
  }

  /// One conversation of the run `plan` asks and is answered.
  private List<Loop> says(Loops loops, String messages, String answer) {
    String call = "call-" + ++calls;
    Step asked = new Step.Asked(START, call, "[" + messages + "]", "");
    Step answered =
        new Step.Answered(START, call, "[" + answer + "]", "", new Cost.Unknown("no price"));
    List<Loop> told = new ArrayList<>();
    told.addAll(loops.observe("plan", "support", LoopLimits.DEFAULT, asked));
    told.addAll(loops.observe("plan", "support", LoopLimits.DEFAULT, answered));
    return told;
  }

  private static String user(int level, int place) {
    return "{\"role\":\"user\",\"content\":\"Task %d of level %d\"}".formatted(place, level);
  }

  private static String calls(int count, int level, int place) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(
          """
          {"id":"call_%d_%d_%d","type":"function","function":{"name":"delegate","arguments":"{}"}}\
          """
              .formatted(level, place, i));
    }
    return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[%s]}"
        .formatted(String.join(",", made));
  }

  private static String result(int level, int place) {
    return "{\"role\":\"tool\",\"tool_call_id\":\"call_%d_%d_0\",\"content\":\"%d\"}"
        .formatted(level, place, place);
  }
}
