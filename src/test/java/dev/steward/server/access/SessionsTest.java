// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private Instant now = Instant.parse("2026-11-21T06:00:00Z");
  private final AtomicInteger count = new AtomicInteger();
  private final Sessions sessions =
      new Sessions(Duration.ofHours(1), () -> now, () -> "secret-" + count.incrementAndGet());

  @Test
  void aSessionIsFoundByItsSecretAndNothingElse() {
    String secret = sessions.open("token-1");

    assertThat(sessions.find(secret))
        .hasValueSatisfying(s -> assertThat(s.token()).isEqualTo("token-1"));
    assertThat(sessions.find("secret-99")).isEmpty();
  }

  @Test
  void theSecretItselfIsNotKept() {
    String secret = sessions.open("token-1");

    assertThat(sessions.find(secret).orElseThrow().toString()).doesNotContain(secret);
  }

  @Test
  void anUnusedSessionEnds() {
    String secret = sessions.open("token-1");
    now = now.plus(Duration.ofMinutes(61));

    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void useKeepsASessionAlive() {
    String secret = sessions.open("token-1");
    for (int i = 0; i < 5; i++) {
      now = now.plus(Duration.ofMinutes(50));
      assertThat(sessions.find(secret)).isPresent();
    }
  }

  @Test
  void theLeastRecentlyUsedGoesWhenThereAreTooMany() {
    String first = sessions.open("token-1");
    String second = sessions.open("token-1");
    for (int i = 0; i < 9_999; i++) {
      assertThat(sessions.find(first)).isPresent();
      sessions.open("token-2");
    }

    assertThat(sessions.find(first)).isPresent();
    assertThat(sessions.find(second)).isEmpty();
  }
}
