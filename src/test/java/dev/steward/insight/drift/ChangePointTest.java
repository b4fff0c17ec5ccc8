// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangePointTest {
  private static final int STREAMS = 1_000;
  private static final int CALM = 1_000;

  private final SplittableRandom random = new SplittableRandom(20261122);

  @ParameterizedTest
  @CsvSource({"0.85, 0.91, 850", "0.85, 0.75, 200", "0.10, 0.20, 200", "0.85, 0.80, 1000"})
  void theIntervalHoldsTheTrueBeginningIn19Of20Rows(double before, double after, int changed) {
    int held = 0;
    for (int i = 0; i < STREAMS; i++) {
      ChangePoint point = ChangePoint.of(row(before, after, changed), before, after > before);
      assertThat(point.first()).isBetween(point.earliest(), point.latest());
      held += point.earliest() <= CALM && CALM <= point.latest() ? 1 : 0;
    }
    assertThat((double) held / STREAMS).isBetween(0.935, 0.985);
  }

  @Test
  void aStepWithoutChanceIsFoundWhereItIs() {
    double[] scores = new double[60];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i >= 40 || i % 2 == 0 ? 1 : 0;
    }
    ChangePoint point = ChangePoint.of(scores, 0.5, true);
    assertThat(point.first()).isEqualTo(40);
    assertThat(point.mean()).isEqualTo(1);
  }

  @Test
  void onlyTheDirectionThatIsAskedForCounts() {
    double[] scores = {0, 0, 0, 0, 0, 0, 1, 1, 1};
    assertThat(ChangePoint.of(scores, 0.5, true).first()).isEqualTo(6);
    assertThat(ChangePoint.of(scores, 0.5, false).first()).isZero();
  }

  private double[] row(double before, double after, int changed) {
    double[] scores = new double[CALM + changed];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble() < (i < CALM ? before : after) ? 1 : 0;
    }
    return scores;
  }
}
