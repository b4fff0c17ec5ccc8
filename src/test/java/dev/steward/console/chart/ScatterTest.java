// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScatterTest {
  @Test
  void aSmallSampleScattersMoreThanALargeOne() {
    Scatter few = Scatter.of(20);
    Scatter many = Scatter.of(200);
    assertThat(few.low(0.85)).isLessThan(many.low(0.85));
    assertThat(few.high(0.85)).isGreaterThan(many.high(0.85));
  }

  @Test
  void ninetyFiveOfAHundredCoinsLieWhereTheBinomialSays() {
    // Of 100 fair coins 40 to 60 show heads.
    assertThat(Scatter.of(100).low(0.5)).isEqualByComparingTo("40");
    assertThat(Scatter.of(100).high(0.5)).isEqualByComparingTo("60");
  }

  @Test
  void certaintyDoesNotScatterAndHugeSamplesAreCapped() {
    assertThat(Scatter.of(50).low(1)).isEqualByComparingTo("100");
    assertThat(Scatter.of(50).high(0)).isEqualByComparingTo("0");
    assertThat(Scatter.of(1_000_000)).isEqualTo(Scatter.of(200));
  }
}
