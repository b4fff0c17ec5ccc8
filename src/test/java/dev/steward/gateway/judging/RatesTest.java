// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.decision.Obligations.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private final Rates rates = new Rates();

  @Test
  void noWindowHoldsMoreThanTheLimit() {
    RateLimit limit = new RateLimit(3, Duration.ofMinutes(1));
    List<Instant> taken = new java.util.ArrayList<>();
    for (int second = 0; second < 600; second++) {
      Instant now = START.plusSeconds(second);
      if (rates.take("a", List.of(limit), now)) {
        taken.add(now);
      }
    }
    assertThat(taken.size()).isBetween(25, 30);
    for (int i = 3; i < taken.size(); i++) {
      assertThat(Duration.between(taken.get(i - 3), taken.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void oneThatIsFullTakesNothingOfTheOthers() {
    RateLimit wide = new RateLimit(2, Duration.ofMinutes(1));
    RateLimit narrow = new RateLimit(1, Duration.ofSeconds(1));

    assertThat(rates.take("a", List.of(wide, narrow), START)).isTrue();
    assertThat(rates.take("a", List.of(wide, narrow), START)).isFalse();
    assertThat(rates.take("a", List.of(wide), START)).isTrue();
    assertThat(rates.take("b", List.of(wide, narrow), START)).isTrue();
  }
}
