// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Times;
import dev.steward.control.access.Actor;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Moment.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Times HUNDRED_HOURS =
      new Times(START, START.plus(Duration.ofHours(100)), ZoneOffset.UTC);

  private final Surroundings surroundings =
      new Surroundings(HUNDRED_HOURS, "production", "/agents/lookup/timeline");

  @Test
  void theLastStepOfAReleaseStandsForAll() {
    assertThat(
            surroundings.of(
                List.of(
                    moment(10, Kind.RELEASE, "production", "started", "releases/r-1"),
                    moment(30, Kind.RELEASE, "production", "promoted", "releases/r-1"))))
        .extracting(Happening::words, Happening::href)
        .containsExactly(tuple("promoted", "/releases/r-1"));
  }

  @Test
  void whatIsCloseTogetherIsOneMarkThatLeadsToAllOfIt() {
    assertThat(
            surroundings.of(
                List.of(
                    moment(10, Kind.VERSION, "", "declared", "agents/lookup"),
                    moment(12, Kind.MODEL, "production", "another model", "runs/r"),
                    moment(60, Kind.DATA, "", "guidelines", "ledger"))))
        .extracting(Happening::words, Happening::href, Happening::kind)
        .containsExactly(
            tuple("declared; another model", "/agents/lookup/timeline", Happening.Kind.CHANGE),
            tuple("guidelines", "/ledger", Happening.Kind.CHANGE));
  }

  @Test
  void whatHappenedElsewhereOrChangesNothingIsNotMarked() {
    assertThat(
            surroundings.of(
                List.of(
                    moment(10, Kind.RELEASE, "staging", "promoted", "releases/r-2"),
                    moment(20, Kind.KILL, "production", "killed", "stops"),
                    moment(30, Kind.DRIFT, "production", "drift", "drift/lookup/production"))))
        .isEmpty();
  }

  private static Moment moment(int hour, Kind kind, String environment, String title, String page) {
    return new Moment(
        START.plus(Duration.ofHours(hour)),
        kind,
        Moment.Tone.PLAIN,
        Actor.SYSTEM,
        environment,
        title,
        "",
        page,
        -1);
  }
}
