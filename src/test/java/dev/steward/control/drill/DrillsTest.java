// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void tellsWhetherOneThatPassedIsRecentEnough() {
    Drills drills =
        Drills.NONE.plus(held(0, "kill-switch", true)).plus(held(3, "kill-switch", false));
    Instant now = START.plus(Duration.ofDays(5));

    assertThat(drills.passedWithin("kill-switch", Duration.ofDays(5), now)).isTrue();
    assertThat(drills.passedWithin("kill-switch", Duration.ofDays(4), now)).isFalse();
    assertThat(drills.passedWithin("circuit-breaker", Duration.ofDays(9), now)).isFalse();
  }

  @Test
  void forgetsTheOldestOfAKindButNeverTheLastThatPassed() {
    Drills drills =
        Drills.NONE.plus(held(0, "circuit-breaker", true)).plus(held(1, "kill-switch", true));
    for (int day = 2; day < 200; day++) {
      drills = drills.plus(held(day, "kill-switch", false));
    }

    assertThat(drills.all()).hasSize(52);
    assertThat(drills.all().getFirst().id()).isEqualTo("drill-199");
    assertThat(drills.lastPassed("kill-switch")).map(Drill::id).contains("drill-1");
    assertThat(drills.lastPassed("circuit-breaker")).map(Drill::id).contains("drill-0");
  }

  private static Drill held(int day, String of, boolean passed) {
    return new Drill(
        "drill-" + day, of, passed, Map.of(), "", START.plus(Duration.ofDays(day)), Actor.SYSTEM);
  }
}
