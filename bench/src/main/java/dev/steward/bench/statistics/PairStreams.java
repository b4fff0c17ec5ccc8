// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.sequential.NormalMixture;
import dev.steward.insight.sequential.SafeTwoByTwo;
import dev.steward.insight.sequential.Shares;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Many streams of pairs, one outcome of each arm, looked at after every pair.
public final class PairStreams {
  private static final int PAIRS = 2_000;
  private static final int BURN_IN = 20;
  private static final double ALPHA = 0.05;
  private static final double THRESHOLD = -Math.log(ALPHA);

  private final NormalMixture mixture = new NormalMixture(0.1);
  private final double control;
  private final double canary;
  private final int streams;

  /// @param control its true rate of success
  /// @param canary its true rate of success
  public PairStreams(double control, double canary, int streams) {
    this.control = control;
    this.canary = canary;
    this.streams = streams;
  }

  /// How often each test found a difference, and after how many pairs at the median of all streams,
  /// those that never did among them.
  public record Found(
      double peekingShare,
      double onceShare,
      double mixtureShare,
      double mixtureMedian,
      double safeShare,
      double safeMedian) {}

  /// When one stream was found to differ, 0 for never.
  private record Stops(int peeking, boolean once, int mixture, int safe) {}

  public Found run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int peeking = 0;
    int once = 0;
    int[] mixtureStops = new int[streams];
    int[] safeStops = new int[streams];
    for (int i = 0; i < streams; i++) {
      Stops stops = one(random);
      peeking += stops.peeking > 0 ? 1 : 0;
      once += stops.once ? 1 : 0;
      mixtureStops[i] = stops.mixture;
      safeStops[i] = stops.safe;
    }
    return new Found(
        (double) peeking / streams,
        (double) once / streams,
        share(mixtureStops),
        median(mixtureStops),
        share(safeStops),
        median(safeStops));
  }

  private Stops one(SplittableRandom random) {
    Shares seen = Shares.NONE;
    SafeTwoByTwo safe = new SafeTwoByTwo();
    int peekingStop = 0;
    int mixtureStop = 0;
    int safeStop = 0;
    for (int pair = 1; pair <= PAIRS; pair++) {
      boolean controlSuccess = random.nextDouble() < control;
      boolean canarySuccess = random.nextDouble() < canary;
      seen = seen.plus(Arm.CONTROL, controlSuccess).plus(Arm.CANARY, canarySuccess);
      safe.add(Arm.CONTROL, controlSuccess);
      safe.add(Arm.CANARY, canarySuccess);
      if (safeStop == 0 && safe.logEvidence() >= THRESHOLD) {
        safeStop = pair;
      }
      if (pair >= BURN_IN) {
        if (mixtureStop == 0 && mixture.logEvidence(seen.difference().orElseThrow()) >= THRESHOLD) {
          mixtureStop = pair;
        }
        if (peekingStop == 0 && z(seen) >= 1.96) {
          peekingStop = pair;
        }
      }
    }
    return new Stops(peekingStop, z(seen) >= 1.96, mixtureStop, safeStop);
  }

  private static double z(Shares seen) {
    double a = seen.controlShare();
    double b = seen.canaryShare();
    double variance = (a * (1 - a) + b * (1 - b)) / seen.control();
    return variance == 0 ? 0 : Math.abs(b - a) / Math.sqrt(variance);
  }

  private static double share(int[] stops) {
    return (double) Arrays.stream(stops).filter(stop -> stop > 0).count() / stops.length;
  }

  private static double median(int[] stops) {
    int[] sorted = Arrays.stream(stops).map(stop -> stop == 0 ? PAIRS : stop).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }
}
