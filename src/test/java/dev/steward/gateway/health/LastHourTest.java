// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.live.UpstreamHealth.Latency;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastHourTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");

  private final LastHour hour = new LastHour();

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    hour.called("gpt-5", NOW);
    hour.failed("it broke", NOW);
    hour.called("gpt-5-mini", NOW.plusSeconds(1800));

    assertThat(hour.sums(NOW.plusSeconds(1800)).calls()).isEqualTo(2);
    LastHour.Sums later = hour.sums(NOW.plusSeconds(3700));
    assertThat(later.calls()).isEqualTo(1);
    assertThat(later.errors()).isZero();
    assertThat(later.models()).containsExactly("gpt-5-mini");
    assertThat(later.lastError()).isEmpty();
    assertThat(hour.sums(NOW.plusSeconds(100_000)).calls()).isZero();
  }

  @Test
  void quantilesAreWithinATenth() {
    for (int i = 1; i <= 1000; i++) {
      hour.began(Duration.ofMillis(i), NOW.plusMillis(i));
    }
    Latency latency = hour.sums(NOW.plusSeconds(2)).firstByte().latency();

    assertThat(latency.answers()).isEqualTo(1000);
    assertThat(latency.p50().orElseThrow().toMillis()).isBetween(450L, 550L);
    assertThat(latency.p95().orElseThrow().toMillis()).isBetween(860L, 1045L);
    assertThat(hour.sums(NOW).whole().latency()).isEqualTo(Latency.NONE);
  }

  @Test
  void aWaitBeyondAllStepsStillCounts() {
    hour.ended(Duration.ofHours(5), NOW);
    hour.ended(Duration.ZERO, NOW);

    assertThat(hour.sums(NOW).whole().latency().answers()).isEqualTo(2);
  }

  @Test
  void ofTooManyModelsTheOldestGoes() {
    for (int i = 0; i < 40; i++) {
      hour.called("model-" + i, NOW.plusSeconds(i));
    }
    assertThat(hour.sums(NOW.plusSeconds(40)).models())
        .hasSize(32)
        .contains("model-39")
        .doesNotContain("model-0");
  }
}
