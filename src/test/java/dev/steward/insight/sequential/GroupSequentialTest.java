// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupSequentialTest {

  @Test
  void fourLooksBeyondWhatWasExpectedAreHeldToThePublishedErrors() {
    List<Double> seen = List.of(250 / 810.0, 450 / 810.0, 630 / 810.0, 1.0);
    List<Double> adjusted = new GroupSequential(0.01, 2).adjusted(seen);
    double[] published = {0.00095, 0.00241, 0.00410, 0.00636};
    for (int i = 0; i < published.length; i++) {
      assertThat(adjusted.get(i)).isCloseTo(published[i], within(1e-4));
    }
  }

  @Test
  void oneLookIsThePlainTest() {
    assertThat(new GroupSequential(0.05, 2).bounds(List.of(1.0)).getFirst())
        .isCloseTo(1.959964, within(1e-6));
  }

  @Test
  void twoEvenLooksWithLinearSpendingAreThoseOfTheTextbooks() {
    // Half of the error is spent at the first look: 2.2414; then 2.1251.
    List<Double> bounds = new GroupSequential(0.05, 1).bounds(List.of(0.5, 1.0));
    assertThat(bounds.getFirst()).isCloseTo(2.2414, within(1e-4));
    assertThat(bounds.getLast()).isCloseTo(2.1251, within(1e-3));
  }

  @Test
  void allLooksTogetherSpendTheErrorAndNoMore() {
    List<Double> seen = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      seen.add(i / 20.0);
    }
    List<Double> bounds = new GroupSequential(0.05, 2).bounds(seen);
    SplittableRandom random = new SplittableRandom(9);
    int found = 0;
    int walks = 20_000;
    for (int i = 0; i < walks; i++) {
      double sum = 0;
      for (int look = 0; look < seen.size(); look++) {
        sum += random.nextGaussian() * Math.sqrt(0.05);
        if (Math.abs(sum) / Math.sqrt(seen.get(look)) >= bounds.get(look)) {
          found++;
          break;
        }
      }
    }
    assertThat((double) found / walks).isCloseTo(0.05, within(0.006));
  }

  @Test
  void aLookWithoutNewsRepeatsTheBoundBefore() {
    List<Double> bounds = new GroupSequential(0.05, 2).bounds(List.of(0.4, 0.4, 1.0));
    assertThat(bounds.get(1)).isEqualTo(bounds.get(0));
    assertThat(bounds.get(2))
        .isEqualTo(new GroupSequential(0.05, 2).bounds(List.of(0.4, 1.0)).getLast());
  }

  @Test
  void informationThatShrinksIsRefused() {
    assertThatThrownBy(() -> new GroupSequential(0.05, 2).bounds(List.of(0.5, 0.4)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
