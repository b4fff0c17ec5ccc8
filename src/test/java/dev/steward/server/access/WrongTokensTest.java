// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
  private Instant now = Instant.parse("2026-11-21T06:00:00Z");
  private final WrongTokens tokens = new WrongTokens(Duration.ofSeconds(1), () -> now);

  @Test
  void someWrongTriesAreFree() {
    wrong("10.0.0.1", 4);

    assertThatCode(() -> tokens.check("10.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void theNextTryMustWaitTwiceAsLongEachTime() {
    wrong("10.0.0.1", 5);
    refused("10.0.0.1");
    now = now.plusSeconds(1);
    free("10.0.0.1");
    wrong("10.0.0.1", 1);
    now = now.plusSeconds(1);
    refused("10.0.0.1");
    now = now.plusSeconds(1);
    free("10.0.0.1");
  }

  @Test
  void theWaitIsNeverLongerThanAMinute() {
    wrong("10.0.0.1", 50);
    now = now.plusSeconds(60);

    free("10.0.0.1");
  }

  @Test
  void anotherAddressIsNotHeldUp() {
    wrong("10.0.0.1", 10);

    free("10.0.0.2");
  }

  @Test
  void manyWrongTriesFromManyAddressesHoldUpEverybodyForAWhile() {
    for (int i = 0; i < 120; i++) {
      tokens.wrong("10.0.1." + i);
    }

    refused("10.0.0.2");
    now = now.plusSeconds(5);
    free("10.0.0.2");
  }

  @Test
  void aRightTokenClearsItsAddress() {
    wrong("10.0.0.1", 8);
    tokens.right("10.0.0.1");

    free("10.0.0.1");
  }

  @Test
  void afterAQuarterOfAnHourWrongTriesAreForgotten() {
    wrong("10.0.0.1", 20);
    now = now.plus(Duration.ofMinutes(16));
    wrong("10.0.0.1", 1);

    free("10.0.0.1");
  }

  private void wrong(String address, int times) {
    for (int i = 0; i < times; i++) {
      tokens.wrong(address);
    }
  }

  private void refused(String address) {
    assertThatThrownBy(() -> tokens.check(address))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Too many wrong tokens");
  }

  private void free(String address) {
    assertThatCode(() -> tokens.check(address)).doesNotThrowAnyException();
  }
}
