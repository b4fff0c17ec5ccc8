// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final int RUNS_A_DAY = 144;
  private static final Learning SMALL = new Learning(300, Duration.ofDays(7), 50, Duration.ZERO);

  @Test
  void theStatedNumberOfRunsIsEnoughAtOnceAndNoMoreAreTaken() {
    PastRuns runs = new PastRuns(1).add(400, "v1", 0.85, 1);
    LearntBaseline baseline = SMALL.of(runs.all()).orElseThrow();
    assertThat(baseline.runs()).isEqualTo(300);
    assertThat(baseline.to()).isEqualTo(runs.all().get(299).heard());
    TraitBaseline success = baseline.traits().getFirst();
    assertThat(success.trait()).isEqualTo(new Trait.Success());
    assertThat(success.share().whole()).isEqualTo(300);
    assertThat(success.share().share()).isBetween(0.78, 0.92);
  }

  @Test
  void fewerAreEnoughOnceTheWeekIsOver() {
    Learning day = new Learning(300, Duration.ofDays(1), 50, Duration.ZERO);
    PastRuns runs = new PastRuns(2).add(RUNS_A_DAY, "v1", 0.85, 1);
    assertThat(day.of(runs.all())).isEmpty();
    runs.add(1, "v2", 0.85, 1);
    assertThat(day.of(runs.all()).orElseThrow().runs()).isEqualTo(RUNS_A_DAY);
  }

  @Test
  void aRunOfAClockAt1970DoesNotBeginTheWeek() {
    Learning day = new Learning(300, Duration.ofDays(1), 50, Duration.ZERO);
    PastRuns runs = new PastRuns(2).add(RUNS_A_DAY + 1, "v1", 0.85, 1);
    List<PastRun> all = new ArrayList<>(runs.all());
    all.addFirst(PastRuns.at(Instant.EPOCH));
    LearntBaseline baseline = day.of(all).orElseThrow();
    assertThat(baseline.from()).isEqualTo(PastRuns.START);
    assertThat(baseline.runs()).isEqualTo(RUNS_A_DAY);
  }

  @Test
  void tooFewAreNeverEnough() {
    Learning hours = new Learning(300, Duration.ofHours(9), 50, Duration.ZERO);
    PastRuns runs = new PastRuns(3).add(49, "v1", 0.85, 1).add(200, "v2", 0.85, 1);
    LearntBaseline baseline = hours.of(runs.all()).orElseThrow();
    assertThat(baseline.version()).isEqualTo("v2");
    assertThat(hours.of(runs.all().subList(0, 49))).isEmpty();
  }

  @Test
  void runsOfTwoVersionsAreNotMixed() {
    PastRuns runs = new PastRuns(4).add(200, "v1", 0.85, 1).add(300, "v2", 0.5, 1);
    LearntBaseline baseline = SMALL.of(runs.all()).orElseThrow();
    assertThat(baseline.version()).isEqualTo("v2");
    assertThat(baseline.runs()).isEqualTo(300);
  }

  @Test
  void oneInTenLiesAboveTheBoundOfAQuantity() {
    PastRuns runs = new PastRuns(5).add(300, "v1", 0.85, 1);
    LearntBaseline baseline = SMALL.of(runs.all()).orElseThrow();
    assertThat(words(baseline))
        .containsExactly("success", "errors", "unfinished", "cost", "duration", "steps");
    TraitBaseline slow = baseline.traits().get(4);
    assertThat(slow.share().share()).isBetween(0.0, 0.1);
    assertThat(slow.trait().words()).isEqualTo("runs that take over 14 s");
  }

  @Test
  void severalLabelsAreWatchedOneByOne() {
    PastRuns runs = new PastRuns(6);
    for (int i = 0; i < 300; i++) {
      String label = List.of("answered", "escalated", "refused").get(i % 3);
      runs.add("v1", label, false, 10);
    }
    LearntBaseline baseline = SMALL.of(runs.all()).orElseThrow();
    assertThat(words(baseline))
        .contains("outcome answered", "outcome escalated", "outcome refused");
  }

  @Test
  void itIsReadAsItWasWritten() {
    PastRuns runs = new PastRuns(7).add(300, "v1", 0.85, 1);
    LearntBaseline baseline = SMALL.of(runs.all()).orElseThrow();
    assertThat(LearntBaseline.read(baseline.json())).isEqualTo(baseline);
    assertThatThrownBy(() -> LearntBaseline.read("{\"version\":1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a baseline: ");
  }

  private static List<String> words(LearntBaseline baseline) {
    return baseline.traits().stream().map(each -> each.trait().word()).toList();
  }
}
