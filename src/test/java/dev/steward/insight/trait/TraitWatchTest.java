// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.drift.Baseline;
import dev.steward.insight.drift.DriftDetector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraitWatchTest {
  private static final int LEARNT = 2_000;
  private static final int CHANGED = 3_000;

  private final Learning learning = new Learning(LEARNT, Duration.ofDays(7), 50, Duration.ZERO);

  @Test
  void aRiseOfApprovalsIsFoundAndWhereItBegan() {
    PastRuns runs = new PastRuns(11).add(CHANGED, "v1", 0.85, 1).add(3_000, "v1", 0.91, 1);
    TraitDrift drift = reading(runs, "success").drift().orElseThrow();

    assertThat(drift.up()).isTrue();
    assertThat(drift.at()).isAfter(runs.all().get(CHANGED).heard());
    assertThat(drift.delay()).isBetween(100, 2_500);
    assertThat(runs.all().get(CHANGED).heard()).isBetween(drift.earliest(), drift.latest());
    assertThat(drift.began()).isBetween(drift.earliest(), drift.latest());
    assertThat(drift.since().low()).isGreaterThan(0.85);
    assertThat(drift.examplesBefore()).hasSize(3);
    assertThat(drift.examplesSince()).hasSize(3);
    Map<String, PastRun> byId =
        runs.all().stream().collect(Collectors.toMap(PastRun::id, Function.identity()));
    assertThat(drift.examplesSince())
        .allSatisfy(id -> {
          PastRun run = Objects.requireNonNull(byId.get(id));
          assertThat(run.success()).isTrue();
          assertThat(run.heard()).isAfterOrEqualTo(drift.began());
        });
  }

  @Test
  void aFallAfterARiseIsFoundToo() {
    PastRuns runs =
        new PastRuns(18)
            .add(CHANGED, "v1", 0.85, 1)
            .add(2_000, "v1", 0.95, 1)
            .add(1_000, "v1", 0.4, 1);
    List<TraitDrift> drifts = reading(runs, "success").drifts();
    assertThat(drifts).extracting(TraitDrift::direction).containsExactly("down", "up");
    assertThat(drifts.getFirst().began())
        .isAfter(runs.all().get(CHANGED + 1_900).heard())
        .isBefore(runs.all().get(CHANGED + 2_100).heard());
  }

  @Test
  void outcomesThatAreStillToComeAreNoFailures() {
    PastRuns runs = new PastRuns(19).add(CHANGED, "v1", 0.85, 1).untold(500);
    TraitReading success = reading(runs, "success");
    assertThat(success.drifts()).isEmpty();
    assertThat(success.runs()).isEqualTo(CHANGED - LEARNT);
  }

  @Test
  void whatNeverHappenedInASmallBaselineMayHappen() {
    SplittableRandom random = new SplittableRandom(3);
    int alarms = 0;
    for (int agent = 0; agent < 200; agent++) {
      DriftDetector detector = new DriftDetector(Baseline.of(0, 50), 0.02, 100_000);
      boolean alarmed = false;
      for (int run = 0; run < 5_000 && !alarmed; run++) {
        detector.add(random.nextDouble() < 0.04 ? 1 : 0);
        alarmed = detector.risen() >= 1;
      }
      alarms += alarmed ? 1 : 0;
    }
    assertThat(alarms).isLessThan(4);
  }

  @Test
  void aFallIsFoundToo() {
    PastRuns runs = new PastRuns(12).add(CHANGED, "v1", 0.85, 1).add(1_000, "v2", 0.7, 1);
    assertThat(reading(runs, "success").drift().orElseThrow().direction()).isEqualTo("down");
  }

  @Test
  void slowerRunsAreFoundByTheirOwnTraitAndNoOther() {
    PastRuns runs = new PastRuns(13).add(CHANGED, "v1", 0.85, 1).add(1_000, "v1", 0.85, 2);
    Map<String, TraitReading> readings = readings(runs);
    assertThat(reading(runs, "duration").drift().orElseThrow().direction()).isEqualTo("up");
    readings.forEach((word, reading) -> {
      if (!word.equals("duration")) {
        assertThat(reading.drift()).as(word).isEmpty();
        assertThat(reading.level()).as(word).isLessThan(1);
      }
    });
  }

  @Test
  void aLinearRampIsCaughtBeforeItsEndAndItsControlIsSilent() {
    int days = 60;
    int perDay = 400;
    PastRuns ramp = new PastRuns(14).add(LEARNT, "v1", 0.85, 1);
    PastRuns control = new PastRuns(15).add(LEARNT, "v1", 0.85, 1);
    for (int day = 0; day < days; day++) {
      ramp.add(perDay, "v1", 0.85 + 0.06 * day / days, 1);
      control.add(perDay, "v1", 0.85, 1);
    }
    assertThat(reading(ramp, "success").drift().orElseThrow().at()).isBefore(ramp.end());
    assertThat(readings(control).values()).allSatisfy(each -> assertThat(each.drift()).isEmpty());
  }

  @Test
  void theSameRunsGiveTheSameReadingsWhateverWasSeenBetween() {
    PastRuns runs = new PastRuns(16).add(CHANGED, "v1", 0.85, 1).add(1_500, "v1", 0.93, 1);
    LearntBaseline baseline = learning.of(runs.all()).orElseThrow();
    TraitDrift found =
        TraitWatch.read(baseline, runs.from(LEARNT)).getFirst().drift().orElseThrow();
    List<PastRun> untilFound = runs.all().subList(LEARNT, LEARNT + found.runs());
    assertThat(TraitWatch.read(baseline, untilFound).getFirst().drift()).contains(found);
    assertThat(
            TraitWatch.read(baseline, untilFound.subList(0, found.runs() - 1)).getFirst().drift())
        .isEmpty();
  }

  @Test
  void theCourseIsOfAllRunsOnce() {
    PastRuns runs = new PastRuns(17).add(CHANGED, "v1", 0.85, 1);
    TraitReading success = reading(runs, "success");
    assertThat(success.course()).hasSize(60);
    assertThat(success.course().stream().mapToLong(each -> each.share().whole()).sum())
        .isEqualTo(CHANGED - LEARNT);
    assertThat(success.runs()).isEqualTo(CHANGED - LEARNT);
    assertThat(success.lately().whole()).isEqualTo(200);
  }

  private TraitReading reading(PastRuns runs, String word) {
    return Objects.requireNonNull(readings(runs).get(word));
  }

  private Map<String, TraitReading> readings(PastRuns runs) {
    LearntBaseline baseline = learning.of(runs.all()).orElseThrow();
    return TraitWatch.read(baseline, runs.from(LEARNT)).stream()
        .collect(Collectors.toMap(each -> each.trait().word(), Function.identity()));
  }
}
