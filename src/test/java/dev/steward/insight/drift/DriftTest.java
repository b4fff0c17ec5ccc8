// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
  private static final int STREAMS = 400;
  private static final int NEVER = Integer.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(20261121);

  @ParameterizedTest
  @CsvSource({"0.85, 0.003, 0", "0.80, 0.89, 1238", "0.75, 1, 197", "0.70, 1, 96"})
  void theBettingProcessFindsAsPublished(double rate, double share, int median) {
    int[] stops = new int[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
      BettingProcess process = new BettingProcess(0.85, 0.02);
      stops[i] = NEVER;
      for (int score = 1; score <= 5_000 && stops[i] == NEVER; score++) {
        process.add(outcome(rate));
        stops[i] = process.logEvidence() >= Math.log(20) ? score : NEVER;
      }
    }
    Arrays.sort(stops);
    double found = (double) Arrays.stream(stops).filter(stop -> stop < NEVER).count() / STREAMS;
    double tolerance = 0.02 + 4 * Math.sqrt(share * (1 - share) / STREAMS);
    assertThat(found).isBetween(share - tolerance, share + tolerance);
    if (median > 0) {
      assertThat((double) stops[STREAMS / 2]).isBetween(median * 0.85, median * 1.15);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 434", "0.01, 592", "0.02, 851"})
  void theDetectorFindsARiseAsSoonAsPublished(double tolerance, int median) {
    Baseline known = new Baseline(0.85, 0.1275, Long.MAX_VALUE);
    int[] delays = new int[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
      DriftDetector detector = calm(known, tolerance);
      while (detector.alarm() == DriftDetector.Direction.NONE) {
        detector.add(outcome(0.91));
        delays[i]++;
      }
      assertThat(detector.alarm()).isEqualTo(DriftDetector.Direction.UP);
    }
    Arrays.sort(delays);
    assertThat((double) delays[STREAMS / 2]).isBetween(median * 0.8, median * 1.2);
  }

  private DriftDetector calm(Baseline baseline, double tolerance) {
    while (true) {
      DriftDetector detector = new DriftDetector(baseline, tolerance, 100_000);
      for (int score = 0; score < 1_000; score++) {
        detector.add(outcome(0.85));
      }
      if (detector.alarm() == DriftDetector.Direction.NONE) {
        return detector;
      }
    }
  }

  @Test
  void aLearntBaselineIsNoAlarm() {
    int alarms = 0;
    for (int i = 0; i < 200; i++) {
      int successes = 0;
      for (int run = 0; run < 300; run++) {
        successes += outcome(0.85) == 1 ? 1 : 0;
      }
      DriftDetector detector = new DriftDetector(Baseline.of(successes, 300), 0.02, 100_000);
      for (int score = 0; score < 3_000; score++) {
        detector.add(outcome(0.85));
      }
      alarms += detector.alarm() == DriftDetector.Direction.NONE ? 0 : 1;
    }
    assertThat(alarms).isLessThanOrEqualTo(10);
  }

  @Test
  void aFallAfterALongTimeIsFoundAsAFall() {
    DriftDetector detector =
        new DriftDetector(new Baseline(0.85, 0.1275, Long.MAX_VALUE), 0.02, 100_000);
    for (int score = 0; score < 3_000; score++) {
      detector.add(outcome(0.85));
    }
    assertThat(detector.alarm()).isEqualTo(DriftDetector.Direction.NONE);
    assertThat(detector.fallen()).isLessThan(1);
    for (int score = 0; score < 1_000; score++) {
      detector.add(outcome(0.7));
    }
    assertThat(detector.alarm()).isEqualTo(DriftDetector.Direction.DOWN);
  }

  @Test
  void aBaselineWithoutAFailureStillFindsAFall() {
    DriftDetector detector = new DriftDetector(Baseline.of(500, 500), 0.02, 10_000);
    for (int score = 0; score < 300; score++) {
      detector.add(outcome(0.5));
    }
    assertThat(detector.alarm()).isEqualTo(DriftDetector.Direction.DOWN);
  }

  @Test
  void aScoreOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new BettingProcess(0.85, 0.02).add(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private double outcome(double rate) {
    return random.nextDouble() < rate ? 1 : 0;
  }
}
