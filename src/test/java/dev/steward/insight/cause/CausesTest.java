// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Moment.Kind;
import dev.steward.insight.timeline.Moment.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausesTest {
  private static final Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant BEGAN = EARLIEST.plus(Duration.ofHours(6));
  private static final Instant LATEST = EARLIEST.plus(Duration.ofHours(10));

  @Test
  void whatHappenedWithinTheIntervalComesFirstAndOfThatTheNearest() {
    List<Cause> causes =
        causes(
            moment(Kind.MODEL, EARLIEST.minus(Duration.ofHours(8)), "runs/1", ""),
            moment(Kind.DATA, EARLIEST.plus(Duration.ofHours(1)), "data/1", ""),
            moment(Kind.RELEASE, BEGAN.minus(Duration.ofMinutes(30)), "releases/1", "production"));
    assertThat(causes)
        .extracting(cause -> cause.moment().kind())
        .containsExactly(Kind.RELEASE, Kind.DATA, Kind.MODEL);
    assertThat(causes.get(0).weight()).isEqualTo(1);
    assertThat(causes.get(0).why())
        .isEqualTo(
            "30 minutes before the likeliest beginning, between the earliest and the latest");
    assertThat(causes.get(2).weight()).isBetween(0.4, 0.5);
    assertThat(causes.get(2).why())
        .isEqualTo("14 hours before the likeliest beginning, and before the earliest");
  }

  @Test
  void whatCameAfterwardsExplainsNothingNorDoesWhatLiesFarBack() {
    assertThat(
            causes(
                moment(Kind.RELEASE, LATEST.plusSeconds(1), "releases/1", ""),
                moment(Kind.MODEL, EARLIEST.minus(Duration.ofDays(3)), "runs/1", "")))
        .isEmpty();
  }

  @Test
  void whatHappenedElsewhereOrChangesNoBehaviourIsNoCause() {
    assertThat(
            causes(
                moment(Kind.RELEASE, BEGAN, "releases/1", "staging"),
                moment(Kind.KILL, BEGAN, "stops", "production"),
                moment(Kind.VERDICT, BEGAN, "releases/2", "production"),
                moment(Kind.DRIFT, BEGAN, "drift/claims/production", "production")))
        .isEmpty();
  }

  @Test
  void theStepsOfOneReleaseAreOneCause() {
    List<Cause> causes =
        causes(
            moment(Kind.RELEASE, EARLIEST.minus(Duration.ofHours(5)), "releases/1", "production"),
            moment(Kind.RELEASE, BEGAN, "releases/1", "production"),
            moment(Kind.RELEASE, BEGAN, "releases/2", "production"));
    assertThat(causes)
        .extracting(cause -> cause.moment().page())
        .containsExactlyInAnyOrder("releases/1", "releases/2");
    assertThat(causes).allSatisfy(cause -> assertThat(cause.weight()).isEqualTo(1));
  }

  private static List<Cause> causes(Moment... moments) {
    return Causes.of(drift(), "production", List.of(moments));
  }

  private static Moment moment(Kind kind, Instant at, String page, String environment) {
    return new Moment(at, kind, Tone.PLAIN, Actor.SYSTEM, environment, "it happened", "", page, -1);
  }

  private static DriftRecord drift() {
    DriftRecord.Share share = new DriftRecord.Share(85, 100, 0.85, 0.77, 0.91);
    return new DriftRecord(
        "success",
        "runs that succeed",
        "up",
        share,
        share,
        900,
        300,
        90_000,
        100_000,
        6,
        LATEST.plus(Duration.ofDays(1)),
        BEGAN,
        EARLIEST,
        LATEST,
        List.of(),
        List.of());
  }
}
