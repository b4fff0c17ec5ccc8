// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.rollout.Arm;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of the plan, looked at after every pair, in few streams; `bench/run canary` has many.
class PublishedTableTest {
  private static final int STREAMS = 400;
  private static final int PAIRS = 2_000;
  private static final double THRESHOLD = Math.log(20);

  @ParameterizedTest
  @CsvSource({
    "0.80, 0.80, 0.039, 0.031",
    "0.95, 0.95, 0.026, 0.034",
    "0.80, 0.75, 0.83, 0.58",
    "0.80, 0.70, 1, 0.999",
    "0.95, 0.90, 0.999, 0.996",
    "0.95, 0.85, 1, 1",
    "0.80, 0.60, 1, 1"
  })
  void findsAsOftenAsPublished(double control, double canary, double mixture, double safe) {
    int[][] stops = run(control, canary);
    assertThat(share(stops[0]))
        .isBetween(mixture - tolerance(mixture), mixture + tolerance(mixture));
    assertThat(share(stops[1])).isBetween(safe - tolerance(safe), safe + tolerance(safe));
  }

  @ParameterizedTest
  @CsvSource({
    "0.80, 0.75, 1008, 1759",
    "0.80, 0.70, 278, 437",
    "0.95, 0.90, 426, 556",
    "0.95, 0.85, 137, 160",
    "0.80, 0.60, 89, 110"
  })
  void findsAsSoonAsPublished(double control, double canary, int mixture, int safe) {
    int[][] stops = run(control, canary);
    assertThat(median(stops[0])).isBetween(mixture * 0.85, mixture * 1.15);
    assertThat(median(stops[1])).isBetween(safe * 0.85, safe * 1.15);
  }

  /// Two points, and four times what so few streams scatter.
  private static double tolerance(double share) {
    return 0.02 + 4 * Math.sqrt(share * (1 - share) / STREAMS);
  }

  private static int[][] run(double control, double canary) {
    SplittableRandom random = new SplittableRandom(20261121);
    int[][] stops = new int[2][STREAMS];
    for (int i = 0; i < STREAMS; i++) {
      one(random, control, canary, stops, i);
    }
    return stops;
  }

  private static void one(
      SplittableRandom random, double control, double canary, int[][] stops, int stream) {
    NormalMixture mixture = new NormalMixture(0.1);
    SafeTwoByTwo safe = new SafeTwoByTwo();
    Shares seen = Shares.NONE;
    stops[0][stream] = PAIRS + 1;
    stops[1][stream] = PAIRS + 1;
    for (int pair = 1; pair <= PAIRS; pair++) {
      boolean controlSuccess = random.nextDouble() < control;
      boolean canarySuccess = random.nextDouble() < canary;
      seen = seen.plus(Arm.CONTROL, controlSuccess).plus(Arm.CANARY, canarySuccess);
      safe.add(Arm.CONTROL, controlSuccess);
      safe.add(Arm.CANARY, canarySuccess);
      if (pair >= 20 && mixture.logEvidence(seen.difference().orElseThrow()) >= THRESHOLD) {
        stops[0][stream] = Math.min(stops[0][stream], pair);
      }
      if (safe.logEvidence() >= THRESHOLD) {
        stops[1][stream] = Math.min(stops[1][stream], pair);
      }
    }
  }

  private static double share(int[] stops) {
    return (double) Arrays.stream(stops).filter(stop -> stop <= PAIRS).count() / stops.length;
  }

  private static double median(int[] stops) {
    int[] sorted = Arrays.stream(stops).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
