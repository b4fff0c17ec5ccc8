// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "7|7",
        "412|412",
        "1912|1,912",
        "9999|9,999",
        "10000|10.0 k",
        "12449|12.4 k",
        "999499|999 k",
        "999999|1.00 M",
        "3049999|3.05 M",
        "-12449|-12.4 k"
      })
  void bigCountsHaveThreeDigitsAndAUnit(long value, String text) {
    assertThat(Figures.count(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "0.000|0",
        "0.0204|0.0204",
        "0.020449|0.0204",
        "0.5|0.500",
        "1.32|1.32",
        "34.7199|34.7",
        "99.96|100",
        "242.4|242",
        "999.9|1,000",
        "1239.5|1,240",
        "0.00000123456|0.00000123",
        "-3.456|-3.46"
      })
  void moneyHasThreeSignificantDigits(BigDecimal amount, String text) {
    assertThat(Figures.money(amount)).isEqualTo(text);
  }

  @Test
  void thingsAreCountedInWords() {
    assertThat(Figures.of(0, "run", "runs")).isEqualTo("no runs");
    assertThat(Figures.of(1, "run", "runs")).isEqualTo("1 run");
    assertThat(Figures.of(12_449, "run", "runs")).isEqualTo("12.4 k runs");
  }

  @Test
  void bytesHaveAUnit() {
    assertThat(Figures.bytes(512)).isEqualTo("512 B");
    assertThat(Figures.bytes(12_449)).isEqualTo("12.4 kB");
    assertThat(Figures.bytes(999_999)).isEqualTo("1.00 MB");
  }
}
