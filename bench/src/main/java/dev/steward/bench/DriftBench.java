// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.statistics.AgentStreams;
import dev.steward.bench.statistics.ScoreStreams;
import dev.steward.bench.statistics.Watcher;
import dev.steward.insight.drift.Baseline;
import java.util.function.Function;

/// How soon a rate of success that went from 85 to 91 % is found, and how often one that did not.
final class DriftBench {
  private static final int STREAMS = Bench.setting("BENCH_STREAMS", 2_000);
  private static final double BEFORE = 0.85;
  private static final double AFTER = 0.91;
  private static final double RUN_LENGTH = 100_000;
  private static final double TOLERANCE = 0.02;
  private static final int LEARNT = 2_000;
  private static final int CALM = 1_000;
  private static final int RAMP = 2_000;
  private static final int SCORES = 10_000;
  private static final long SEED = 20261121;

  void run(Result result) {
    Function<Baseline, Watcher> ours = Watcher.ours(TOLERANCE, RUN_LENGTH);
    ScoreStreams learnt = new ScoreStreams(BEFORE, ours, LEARNT, CALM);
    ScoreStreams fresh = new ScoreStreams(BEFORE, ours, LEARNT, 0);
    result.put("false_alarm_rate", fresh.run(STREAMS, 5_000, _ -> BEFORE, SEED).share());
    result.put("delay_median", learnt.run(STREAMS, SCORES, _ -> AFTER, SEED).median());
    result.put("ramp_caught", learnt.run(STREAMS, SCORES, DriftBench::ramp, SEED).share());
    result.put("false_alarms_in_a_million", fresh.falseAlarms(1_000_000, SEED));
    known(result);
    beside(result, "oracle", Watcher.oracle(BEFORE, AFTER, RUN_LENGTH));
    beside(result, "rolling_z_1_96", Watcher.rollingZ(1.96));
    beside(result, "rolling_z_3", Watcher.rollingZ(3));
    beside(result, "page_hinkley", Watcher.pageHinkley());
    agents(result);
    result.note(
        STREAMS
            + " streams; changes begin after 1,000 calm scores, and delays are of the streams that"
            + " did not alarm among those (early says how many did); both directions watched at an"
            + " average run length of 100,000; false alarms within 5,000 scores; the ramp rises"
            + " over 2,000 scores and is caught within 10,000; baselines learnt from 2,000 runs, or"
            + " known. A stream that alarms among a million calm scores is watched anew with"
            + " another baseline. Agents are watched as the product does, with all their traits;"
            + " others is how many of them alarm about what has not changed.");
  }

  private static void known(Result result) {
    for (double tolerance : new double[] {0, 0.01, 0.02}) {
      ScoreStreams known = new ScoreStreams(BEFORE, Watcher.ours(tolerance, RUN_LENGTH), 0, CALM);
      result.put(
          "delay_median_known_" + Math.round(100 * tolerance),
          known.run(STREAMS, SCORES, _ -> AFTER, SEED).median());
    }
    ScoreStreams known = new ScoreStreams(BEFORE, Watcher.ours(TOLERANCE, RUN_LENGTH), 0, 0);
    result.put("false_alarm_rate_known", known.run(STREAMS, 5_000, _ -> BEFORE, SEED).share());
  }

  /// What others find in the same streams; of one that alarms in almost every calm one there is no
  /// delay.
  private static void beside(Result result, String name, Function<Baseline, Watcher> watcher) {
    double calm =
        new ScoreStreams(BEFORE, watcher, LEARNT, 0).run(STREAMS, 5_000, _ -> BEFORE, SEED).share();
    result.put(name + "_false_alarm_rate", calm);
    ScoreStreams.Alarms alarms =
        new ScoreStreams(BEFORE, watcher, LEARNT, CALM).run(STREAMS, SCORES, _ -> AFTER, SEED);
    result.put(name + "_early", alarms.earlyShare());
    if (alarms.early() < STREAMS / 2 && alarms.share() > 0.5) {
      result.put(name + "_delay_median", alarms.median());
    }
  }

  private static void agents(Result result) {
    AgentStreams.Found found = AgentStreams.run(STREAMS / 4, CALM, SCORES, BEFORE, AFTER, SEED);
    result.put("agents_delay_median", found.median());
    result.put("agents_others", found.others());
    AgentStreams.Found calm = AgentStreams.run(STREAMS / 4, 0, SCORES, BEFORE, BEFORE, SEED);
    result.put("agents_false_alarms", calm.delays().length + calm.others());
  }

  private static double ramp(int number) {
    return BEFORE + (AFTER - BEFORE) * Math.min(1, (double) number / RAMP);
  }
}
