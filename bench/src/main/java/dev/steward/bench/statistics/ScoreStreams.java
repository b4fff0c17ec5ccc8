// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.insight.drift.Baseline;
import dev.steward.insight.drift.DriftDetector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/// Streams of outcomes whose rate changes after a calm stretch, each with a baseline that was
/// learnt or is known.
///
/// @param calm scores before the change; streams that alarm among them are left out
/// @param learnt runs that each baseline was learnt from, 0 for one that is known
public record ScoreStreams(
    double baseline, double tolerance, double runLength, int learnt, int calm) {

  /// When each stream alarmed.
  ///
  /// @param delays of those that did, in ascending order
  public record Alarms(int streams, int[] delays) {
    public double share() {
      return (double) delays.length / streams;
    }

    /// Of all streams; not a number when fewer than half alarmed.
    public double median() {
      return delays.length > streams / 2 ? delays[streams / 2] : Double.NaN;
    }
  }

  /// @param rate of each score by its number, from 0 at the change
  public Alarms run(int streams, int scores, IntToDoubleFunction rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] delays = new int[streams];
    for (int i = 0; i < streams; i++) {
      DriftDetector detector = calm(random);
      for (int number = 0; number < scores && delays[i] == 0; number++) {
        detector.add(random.nextDouble() < rate.applyAsDouble(number) ? 1 : 0);
        delays[i] = detector.alarm() == DriftDetector.Direction.NONE ? 0 : number + 1;
      }
    }
    return new Alarms(streams, Arrays.stream(delays).filter(delay -> delay > 0).sorted().toArray());
  }

  /// One that has not alarmed yet.
  private DriftDetector calm(SplittableRandom random) {
    while (true) {
      DriftDetector detector = new DriftDetector(baseline(random), tolerance, runLength);
      for (int number = 0; number < calm; number++) {
        detector.add(random.nextDouble() < baseline ? 1 : 0);
      }
      if (detector.alarm() == DriftDetector.Direction.NONE) {
        return detector;
      }
    }
  }

  private Baseline baseline(SplittableRandom random) {
    if (learnt == 0) {
      return new Baseline(baseline, baseline * (1 - baseline), Long.MAX_VALUE);
    }
    int successes = 0;
    for (int i = 0; i < learnt; i++) {
      successes += random.nextDouble() < baseline ? 1 : 0;
    }
    return Baseline.of(successes, learnt);
  }
}
