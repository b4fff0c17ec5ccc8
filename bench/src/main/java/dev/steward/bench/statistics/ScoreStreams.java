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
/// @param calm scores before the change; streams that alarm among them are left out
/// @param learnt runs that each baseline was learnt from, 0 for one that is known
public record ScoreStreams(
    double baseline, Function<Baseline, Watcher> detector, int learnt, int calm) {

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
      Watcher watcher = calm(random);
      for (int number = 0; number < scores && delays[i] == 0; number++) {
        boolean alarm = watcher.alarms(random.nextDouble() < rate.applyAsDouble(number) ? 1 : 0);
        delays[i] = alarm ? number + 1 : 0;
      }
    }
    return new Alarms(streams, Arrays.stream(delays).filter(delay -> delay > 0).sorted().toArray());
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

  /// One that has not alarmed yet.
  private Watcher calm(SplittableRandom random) {
    while (true) {
      Watcher watcher = detector.apply(baseline(random));
      boolean alarmed = false;
      for (int number = 0; number < calm; number++) {
        alarmed |= watcher.alarms(random.nextDouble() < baseline ? 1 : 0);
      }
      if (!alarmed) {
        return watcher;
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
