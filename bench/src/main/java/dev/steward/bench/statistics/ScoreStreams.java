// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.insight.drift.Baseline;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/// Streams of outcomes whose rate changes after a calm stretch, each with a baseline that was
/// learnt or is known.
///
/// @param detector what watches a stream, from what is known of the scores before
/// @param calm scores before the change
/// @param learnt runs that each baseline was learnt from, 0 for one that is known
public record ScoreStreams(
    double baseline, Function<Baseline, Watcher> detector, int learnt, int calm) {

  /// When each stream alarmed.
  ///
  /// @param early how many alarmed before the change
  /// @param delays of the others that did, in ascending order
  public record Alarms(int streams, int early, int[] delays) {
    public double earlyShare() {
      return (double) early / streams;
    }

    /// Of those that were calm until then.
    public double share() {
      return (double) delays.length / (streams - early);
    }

    /// Of those that were calm until then; not a number when fewer than half of them alarmed.
    public double median() {
      int calm = streams - early;
      return delays.length > calm / 2 ? delays[calm / 2] : Double.NaN;
    }
  }

  /// @param rate of each score by its number, from 0 at the change
  public Alarms run(int streams, int scores, IntToDoubleFunction rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] delays = new int[streams];
    int early = 0;
    for (int i = 0; i < streams; i++) {
      Watcher watcher = detector.apply(baseline(random));
      boolean alarmed = false;
      for (int number = 0; number < calm; number++) {
        alarmed |= watcher.alarms(random.nextDouble() < baseline ? 1 : 0);
      }
      early += alarmed ? 1 : 0;
      for (int number = 0; number < scores && !alarmed; number++) {
        alarmed = watcher.alarms(random.nextDouble() < rate.applyAsDouble(number) ? 1 : 0);
        delays[i] = alarmed ? number + 1 : 0;
      }
    }
    return new Alarms(
        streams, early, Arrays.stream(delays).filter(delay -> delay > 0).sorted().toArray());
  }

  /// How often one stream alarms while nothing changes, each time watched anew from there.
  public long falseAlarms(int scores, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Watcher watcher = detector.apply(baseline(random));
    long alarms = 0;
    for (int number = 0; number < scores; number++) {
      if (watcher.alarms(random.nextDouble() < baseline ? 1 : 0)) {
        alarms++;
        watcher = detector.apply(baseline(random));
      }
    }
    return alarms;
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
