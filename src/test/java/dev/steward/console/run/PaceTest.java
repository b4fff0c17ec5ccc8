// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.parse("2026-11-21T03:12:40Z");
  private final Pace pace = new Pace(() -> now);

  @Test
  void restsNineTimesAsLongAsTheWorkTook() {
    assertThat(pace.rested()).isTrue();

    assertThat(pace.work(() -> later(10))).isEqualTo(now);

    assertThat(pace.rested()).isFalse();
    later(89);
    assertThat(pace.rested()).isFalse();
    later(1);
    assertThat(pace.rested()).isTrue();
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyWaiting() {
    assertThat(pace.work(() -> later(100))).isEqualTo(now);
    later(-1);
    assertThat(pace.rested()).isTrue();
    assertThat(pace.work(() -> later(-100))).isEqualTo(now);
    assertThat(pace.rested()).isTrue();
  }

  private Instant later(long millis) {
    now = now.plusMillis(millis);
    return now;
  }
}
