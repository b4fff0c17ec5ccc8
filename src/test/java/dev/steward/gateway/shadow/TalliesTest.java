// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TalliesTest {
  private final BlockingQueue<Map<String, BigDecimal>> told = new LinkedBlockingQueue<>();

  @Test
  void whatComesTogetherIsToldTogetherAndNothingIsLostAtTheEnd() throws Exception {
    try (Tallies tallies = new Tallies((_, sums) -> told.add(sums), Duration.ofHours(1))) {
      tallies.add("r", "compared", 1);
      tallies.add("r", "compared", 2);
      tallies.add("r", "dropped", 1);
    }

    assertThat(told.take())
        .isEqualTo(Map.of("compared", BigDecimal.valueOf(3), "dropped", BigDecimal.ONE));
    assertThat(told).isEmpty();
  }

  @Test
  void whatCouldNotBeToldIsToldWithTheNext() throws Exception {
    boolean[] busy = {true};
    try (Tallies tallies =
        new Tallies(
            (_, sums) -> {
              if (busy[0]) {
                busy[0] = false;
                throw new IllegalStateException("busy");
              }
              told.add(sums);
            },
            Duration.ZERO)) {
      tallies.add("r", "compared", 1);
      assertThat(told.take()).isEqualTo(Map.of("compared", BigDecimal.ONE));
    }
  }
}
