// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.statistics.ScoreStreams;

/// How soon a rate of success that went from 85 to 91 % is found, and how often one that did not.
final class DriftBench {
  private static final int STREAMS = Bench.setting("BENCH_STREAMS", 2_000);
  private static final double BEFORE = 0.85;
  private static final double AFTER = 0.91;
  private static final double RUN_LENGTH = 100_000;
  private static final double TOLERANCE = 0.02;
  private static final int CALM = 1_000;
  private static final int RAMP = 2_000;
  private static final int SCORES = 10_000;
  private static final long SEED = 20261121;

  void run(Result result) {
    ScoreStreams learnt = streams(TOLERANCE, 2_000, CALM);
    ScoreStreams fresh = streams(TOLERANCE, 2_000, 0);
    result.put("false_alarm_rate", fresh.run(STREAMS, 5_000, _ -> BEFORE, SEED).share());
    result.put("delay_median", learnt.run(STREAMS, SCORES, _ -> AFTER, SEED).median());
    result.put("ramp_caught", learnt.run(STREAMS, SCORES, DriftBench::ramp, SEED).share());
    for (double tolerance : new double[] {0, 0.01, 0.02}) {
      ScoreStreams known = streams(tolerance, 0, CALM);
      result.put(
          "delay_median_known_" + Math.round(100 * tolerance),
          known.run(STREAMS, SCORES, _ -> AFTER, SEED).median());
    }
    ScoreStreams known = streams(TOLERANCE, 0, 0);
    result.put("false_alarm_rate_known", known.run(STREAMS, 5_000, _ -> BEFORE, SEED).share());
    result.note(
        STREAMS
            + " streams; changes begin after 1,000 calm scores; both directions watched at an"
            + " average run length of 100,000; false alarms within 5,000 scores; the ramp rises"
            + " over 2,000 scores and is caught within 10,000; baselines learnt from 2,000 runs, or"
            + " known.");
  }

  private static ScoreStreams streams(double tolerance, int learnt, int calm) {
    return new ScoreStreams(BEFORE, tolerance, RUN_LENGTH, learnt, calm);
  }

  private static double ramp(int number) {
    return BEFORE + (AFTER - BEFORE) * Math.min(1, (double) number / RAMP);
  }
}
