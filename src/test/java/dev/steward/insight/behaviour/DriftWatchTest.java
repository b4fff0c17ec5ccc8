// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.command.Command;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.TraitReading;
import dev.steward.trace.Batch;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.span.Evaluation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the watch makes of runs, on a real control ledger and a clock that the test moves.
class DriftWatchTest {
  private static final Place PLACE = new Place("lookup", "production");
  private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
  private static final Duration APART = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final ShelvedRuns runs = new ShelvedRuns();
  private final LateTraces late = new LateTraces();
  private final SplittableRandom random = new SplittableRandom(5);
  private ControlFixture fixture;
  private DriftWatch watch;
  private Instant now = START;
  private int alarms;
  private int count;
  private boolean ready = true;
  private Duration settle = Duration.ZERO;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup", "version: {code: {build: 1}}")));
    watch = another();
  }

  @AfterEach
  void close() {
    watch.close();
    fixture.close();
  }

  @Test
  void aBaselineIsFrozenOnceThereAreEnoughRunsAndStaysAsItIs() {
    play(499, 0.85);
    watch.look();
    assertThat(frozen()).isEmpty();
    assertThat(watch.of(PLACE).orElseThrow().runs()).isEqualTo(499);

    play(1, 0.85);
    watch.look();
    assertThat(frozen()).isEmpty();
    watch.look();
    FrozenBaseline frozen = frozen().getFirst();
    assertThat(frozen.runs()).isEqualTo(500);

    play(600, 0.85);
    watch.look();
    watch.look();
    assertThat(frozen()).containsExactly(frozen);
    AgentDrift drift = watch.of(PLACE).orElseThrow();
    assertThat(drift.baseline().map(LearntBaseline::to)).contains(frozen.to());
    assertThat(drift.runs()).isEqualTo(600);
    assertThat(drift.drifted()).isEmpty();
  }

  @Test
  void whatIsStillComingInIsWaitedFor() {
    Instant start = now;
    now = now.plus(APART.multipliedBy(300));
    play(600, 0.85);
    watch.look();
    Instant end = now;
    now = start;
    play(300, 0.85);
    now = end;
    for (int i = 600; i < 900; i++) {
      late.see(judged("run-" + i));
    }
    watch.look();
    assertThat(frozen()).isEmpty();
    watch.look();
    assertThat(frozen().getFirst().from()).isEqualTo(start.plusSeconds(10));
  }

  @Test
  void aDriftIsToldToControlOnceWithWhereItBegan() {
    play(700, 0.85);
    watch.look();
    watch.look();
    Instant changed = now;
    play(1_500, 0.6);
    watch.look();
    watch.look();

    List<DriftAlarm> told = fixture.state().baselines().alarms();
    assertThat(told).hasSize(1);
    DriftAlarm alarm = told.getFirst();
    assertThat(alarm.trait()).isEqualTo("success");
    assertThat(alarm.direction()).isEqualTo("down");
    DriftRecord record = DriftRecord.read(fixture.state().record(alarm.record()));
    assertThat(changed).isBetween(record.earliest(), record.latest());
    assertThat(alarm.why()).isEqualTo(record.why()).contains("runs that succeed");
    assertThat(record.delayRuns()).isPositive();
    assertThat(record.delaySeconds())
        .isEqualTo(APART.multipliedBy(record.delayRuns() - 1).toSeconds());
  }

  @Test
  void aRestartFindsTheSameAndTellsNothingTwice() {
    play(700, 0.85);
    watch.look();
    watch.look();
    play(1_500, 0.6);
    watch.look();
    List<TraitReading> before = watch.of(PLACE).orElseThrow().readings();

    fixture.restart();
    watch = another();
    watch.look();
    assertThat(watch.of(PLACE).orElseThrow().readings()).isEqualTo(before);
    assertThat(fixture.state().baselines().alarms()).hasSize(1);
  }

  @Test
  void aBaselineThatIsLetGoIsLearntFromTheRunsThatCameAfter() {
    play(600, 0.85);
    watch.look();
    watch.look();
    now = fixture.now();
    fixture.submit(new Command.RelearnBaseline("lookup", "production", "the new way is right"));
    watch.look();
    assertThat(frozen()).isEmpty();

    now = now.plus(Duration.ofHours(1));
    play(500, 0.6);
    watch.look();
    watch.look();
    FrozenBaseline frozen = frozen().getFirst();
    LearntBaseline learnt = LearntBaseline.read(fixture.state().record(frozen.record()));
    assertThat(learnt.traits().getFirst().share().share()).isBetween(0.5, 0.7);
  }

  @Test
  void anOutcomeThatIsToldLateCountsWhereItsRunStands() {
    play(600, 0.85);
    watch.look();
    watch.look();
    Instant at = now;
    play(1, 1);
    runs.put(ShelvedRuns.run("late", "lookup", RunStatus.FINISHED, null, at.plusSeconds(1)));
    play(50, 0.85);
    watch.look();
    int before = success().runs();

    runs.put(ShelvedRuns.run("late", "lookup", RunStatus.FINISHED, "failure", at.plusSeconds(1)));
    watch.look();
    assertThat(success().runs()).isEqualTo(before);
    late.see(judged("late"));
    watch.look();
    assertThat(success().runs()).isEqualTo(before + 1);
  }

  @Test
  void anOpenRunIsLookedAtAgainUntilItEnds() {
    play(100, 0.85);
    runs.put(ShelvedRuns.run("long", "lookup", RunStatus.WORKING, null, START.plusSeconds(1)));
    watch.look();
    int before = watch.of(PLACE).orElseThrow().runs();
    runs.put(ShelvedRuns.run("long", "lookup", RunStatus.FAILED, null, now));
    watch.look();
    assertThat(watch.of(PLACE).orElseThrow().runs()).isEqualTo(before + 1);
  }

  @Test
  void runsThatAreKnownAreNotReadAgain() {
    play(3_000, 0.85);
    watch.look();
    assertThat(runs.read()).isEqualTo(3_000);
    play(10, 0.85);
    watch.look();
    assertThat(runs.read()).isLessThan(20);
  }

  @Test
  void aBaselineWaitsUntilOutcomesHadTimeToCome() {
    settle = Duration.ofHours(10);
    watch = another();
    play(500, 0.85);
    watch.look();
    watch.look();
    assertThat(frozen()).isEmpty();
    now = now.plus(Duration.ofHours(10));
    watch.look();
    watch.look();
    assertThat(frozen()).hasSize(1);
  }

  @Test
  void aRunThatTurnsOutToBeTheCallersIsCountedThereOnly() {
    fixture.apply(Yaml.agent("caller", "version: {code: {build: 1}}"));
    runs.put(ShelvedRuns.run("t-1", "lookup", RunStatus.FINISHED, null, now));
    watch.look();
    assertThat(watch.of(PLACE).orElseThrow().runs()).isEqualTo(1);
    runs.put(ShelvedRuns.run("t-1", "caller", RunStatus.FINISHED, null, now));
    late.see(judged("t-1"));
    watch.look();
    assertThat(watch.of(PLACE).orElseThrow().runs()).isZero();
    assertThat(watch.of(new Place("caller", "production")).orElseThrow().runs()).isEqualTo(1);
  }

  @Test
  void whatComesWhileThePastIsReadIsNotMissed() {
    play(2_500, 0.85);
    runs.whenPageIsRead(() -> {
      Instant old = START.plusSeconds(7);
      runs.put(ShelvedRuns.run("old", "lookup", RunStatus.FINISHED, "success", old));
      late.see(judged("old"));
    });
    watch.look();
    int before = known();
    watch.look();
    assertThat(known()).isEqualTo(before + 1);
  }

  @Test
  void anErrorOfTheStoreLosesNothing() {
    play(100, 0.85);
    watch.look();
    play(1, 1);
    runs.put(ShelvedRuns.run("old", "lookup", RunStatus.FINISHED, "success", START));
    late.see(judged("old"));
    runs.fails(true);
    assertThatThrownBy(() -> watch.look()).isInstanceOf(IllegalStateException.class);
    runs.fails(false);
    watch.look();
    assertThat(known()).isEqualTo(102);
  }

  @Test
  void anAgentThatCannotBeLookedAtKeepsNobodyFromBeingWatched() {
    fixture.apply(Yaml.agent("broken", "version: {code: {build: 1}}"));
    fixture.submit(
        new Command.LearnBaseline("broken", "production", "v1", 500, START, START, "no baseline"));
    runs.put(ShelvedRuns.run("b", "broken", RunStatus.FINISHED, "success", START));
    play(600, 0.85);
    watch.look();
    watch.look();
    assertThat(frozen()).hasSize(1);
  }

  @Test
  void nothingIsLookedAtBeforeThePastIsThere() {
    ready = false;
    play(600, 0.85);
    watch.look();
    watch.look();
    assertThat(watch.all()).isEmpty();
    ready = true;
    watch.look();
    assertThat(watch.all()).hasSize(1);
  }

  @Test
  void whoJoinsIsReadFromTheBeginningAndTakesNothingFromTheOthers() {
    play(100, 0.85);
    runs.put(ShelvedRuns.run("early", "writer", RunStatus.FINISHED, "success", START));
    watch.look();
    play(1, 1);
    now = now.plus(Duration.ofDays(1));
    runs.put(ShelvedRuns.run("late", "writer", RunStatus.FINISHED, "success", now));
    now = now.plus(Duration.ofDays(1));
    fixture.apply(Yaml.agent("writer", "version: {code: {build: 1}}"));
    watch.look();
    assertThat(known()).isEqualTo(101);
    assertThat(watch.of(new Place("writer", "production")).orElseThrow().runs()).isEqualTo(2);
  }

  @Test
  void anAgentThatIsDeletedIsWatchedNoMore() {
    play(600, 0.85);
    watch.look();
    watch.look();
    fixture.submit(new Command.DeleteResource("Agent", "lookup"));
    play(600, 0.2);
    watch.look();
    assertThat(watch.all()).isEmpty();
    assertThat(fixture.state().baselines().alarms()).isEmpty();
  }

  private DriftWatch another() {
    return new DriftWatch(
        fixture.control(),
        runs,
        late,
        new Learning(500, Duration.ofDays(7), 50, settle),
        () -> now,
        () -> "alarm-" + alarms++,
        () -> ready,
        Duration.ofSeconds(1));
  }

  private void play(int more, double rate) {
    for (int i = 0; i < more; i++) {
      String outcome = random.nextDouble() < rate ? "success" : "failure";
      runs.put(ShelvedRuns.run("run-" + count++, "lookup", RunStatus.FINISHED, outcome, now));
      now = now.plus(APART);
    }
  }

  private int known() {
    return watch.of(PLACE).orElseThrow().runs();
  }

  private List<FrozenBaseline> frozen() {
    return fixture.state().baselines().of("lookup");
  }

  private TraitReading success() {
    return watch.of(PLACE).orElseThrow().readings().stream()
        .filter(each -> each.trait().word().equals("success"))
        .findFirst()
        .orElseThrow();
  }

  private static Batch judged(String run) {
    return new Batch(
        List.of(),
        List.of(
            new Evaluation(
                run, null, null, "outcome", "failure", null, null, true, "sender", Instant.EPOCH)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        JournalPosition.START);
  }
}
