// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Moments moments = new Moments(ZoneId.of("Europe/Berlin"), NOW);

  @Test
  void theExactTimeIsInTheReadersZone() {
    assertThat(moments.of(Instant.parse("2026-11-21T02:06:22.123Z")).exact())
        .isEqualTo("Sat 21 Nov 2026, 03:06:22.123 CET");
  }

  @Test
  void theRelativeTimeNamesOneUnit() {
    assertThat(moments.of(NOW).relative()).isEqualTo("now");
    assertThat(moments.of(NOW.minusSeconds(245)).relative()).isEqualTo("4 min ago");
    assertThat(moments.of(NOW.plusSeconds(3600)).relative()).isEqualTo("in 1 h");
  }

  @Test
  void theShownTimeSaysOnlyWhatIsNotObvious() {
    assertThat(moments.of(NOW.minusSeconds(60)).shown()).isEqualTo("04:11:40");
    assertThat(moments.of(Instant.parse("2026-11-18T20:40:00Z")).shown())
        .isEqualTo("18 Nov, 21:40");
    assertThat(moments.of(Instant.parse("2024-01-02T00:00:00Z")).shown())
        .isEqualTo("2 Jan 2024, 01:00");
  }
}
