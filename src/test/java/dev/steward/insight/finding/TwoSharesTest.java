// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoSharesTest {

  /// Fisher's and the pooled z test of 15/50 against 5/50: z = 2.5, p = 0.0124.
  @Test
  void knowsThePOfATextbookExample() {
    assertThat(new TwoShares(15, 50, 5, 50).p()).isCloseTo(0.0124, within(0.0001));
    assertThat(new TwoShares(5, 50, 15, 50).p()).isCloseTo(0.0124, within(0.0001));
  }

  @Test
  void sharesThatAreTheSameDoNotDiffer() {
    assertThat(new TwoShares(0, 50, 0, 50).p()).isEqualTo(1);
    assertThat(new TwoShares(10, 100, 100, 1_000).differ(0.05)).isFalse();
  }

  @Test
  void nothingIsClaimedOfSmallSamples() {
    assertThat(new TwoShares(19, 19, 0, 500).differ(0.05)).isFalse();
    assertThat(new TwoShares(20, 20, 0, 500).differ(0.05)).isTrue();
  }

  @Test
  void aChangeTooSmallToMatterIsNoneHoweverSure() {
    TwoShares sure = new TwoShares(6_000, 100_000, 4_000, 100_000);
    assertThat(sure.p()).isLessThan(1e-6);
    assertThat(sure.differ(0.01)).isFalse();
  }

  @Test
  void saysItsNumbersWithTheirSizesAndAnInterval() {
    assertThat(new TwoShares(17, 120, 26, 830).words("runs"))
        .isEqualTo("14.2 % of 120 runs, 95 % interval 9.0–21.5; 3.1 % of 830 in the week before");
  }
}
