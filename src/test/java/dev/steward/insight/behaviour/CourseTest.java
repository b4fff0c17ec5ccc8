// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.trait.PastRun;
import dev.steward.insight.trait.PastRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CourseTest {
  private final Course course = new Course();

  @Test
  void runsAreInTheOrderInWhichTheyWereHeardWhateverCameFirst() {
    List<PastRun> runs = new PastRuns(1).add(50, "v1", 0.85, 1).all();
    List<PastRun> mixed = new ArrayList<>(runs);
    Collections.shuffle(mixed, new Random(7));
    mixed.forEach(run -> course.put(run, 1_000));
    assertThat(course.after(Instant.EPOCH)).isEqualTo(runs);
    assertThat(course.after(runs.get(9).heard())).isEqualTo(runs.subList(10, 50));
  }

  @Test
  void whatIsToldAgainIsNewsOnlyWhenItIsOtherwise() {
    PastRun run = new PastRuns(2).add(1, "v1", 0.85, 1).all().getFirst();
    course.put(run, 1_000);
    assertThat(course.news()).isTrue();
    course.put(run, 1_000);
    assertThat(course.news()).isFalse();
    course.put(new PastRuns(2).add("v1", "declined", false, 99).all().getFirst(), 1_000);
    assertThat(course.news()).isTrue();
    assertThat(course.after(Instant.EPOCH)).hasSize(1);
  }

  @Test
  void theOldestGoWhereThereAreTooMany() {
    List<PastRun> runs = new PastRuns(3).add(2_000, "v1", 0.85, 1).all();
    runs.forEach(run -> course.put(run, 600));
    List<PastRun> kept = course.after(Instant.EPOCH);
    assertThat(kept).hasSizeBetween(600, 1_100);
    assertThat(kept).isEqualTo(runs.subList(2_000 - kept.size(), 2_000));
  }
}
