// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.statistics.PairStreams;
import dev.steward.bench.statistics.TrialStreams;
import java.util.Locale;

/// How often and how soon the tests of a canary find a difference that is there, and how often one
/// that is not, when somebody looks after every unit.
final class CanaryBench {
  private static final int STREAMS = Bench.setting("BENCH_STREAMS", 10_000);
  private static final int TRIALS = Bench.setting("BENCH_TRIALS", 1_000);
  private static final int UNITS = 4_000;
  private static final long SEED = 20261121;

  void run(Result result) {
    PairStreams.Found none = pairs(result, 0.80, 0.80);
    PairStreams.Found nearlyAll = pairs(result, 0.95, 0.95);
    result.put("false_positive_rate", Math.max(none.mixtureShare(), nearlyAll.mixtureShare()));
    result.put("false_positive_rate_safe_2x2", Math.max(none.safeShare(), nearlyAll.safeShare()));
    result.put("false_positive_rate_peeking_z", none.peekingShare());
    pairs(result, 0.80, 0.75);
    result.put("median_pairs_80_70", pairs(result, 0.80, 0.70).mixtureMedian());
    pairs(result, 0.95, 0.90);
    pairs(result, 0.95, 0.85);
    pairs(result, 0.80, 0.60);
    trials(result, "same_half", new TrialStreams(0.5, 0.8, 0.8, 0.05, 1));
    trials(result, "same_tenth", new TrialStreams(0.1, 0.8, 0.8, 0.05, 1));
    trials(result, "same_twentieth", new TrialStreams(0.05, 0.95, 0.95, 0.05, 1));
    trials(result, "better", new TrialStreams(0.5, 0.9, 0.93, 0.05, 1));
    trials(result, "worse_by_the_margin", new TrialStreams(0.5, 0.8, 0.77, 0.05, 1));
    trials(result, "worse", new TrialStreams(0.5, 0.8, 0.7, 0.05, 1));
    trials(result, "errors_doubled", new TrialStreams(0.5, 0.8, 0.8, 0.1, 1));
    trials(result, "cost_half_more", new TrialStreams(0.5, 0.8, 0.8, 0.05, 1.5));
    result.note(
        STREAMS
            + " streams of 2,000 pairs each, looked at after every pair; medians over all streams,"
            + " those that never stopped among them. "
            + TRIALS
            + " whole canaries of "
            + UNITS
            + " units with the usual plan (alpha 0.05 for success, 0.05 for all guardrails).");
  }

  private static PairStreams.Found pairs(Result result, double control, double canary) {
    PairStreams.Found found = new PairStreams(control, canary, STREAMS).run(SEED);
    String key = String.format(Locale.ROOT, "%02.0f_%02.0f_", 100 * control, 100 * canary);
    result.put(key + "peeking_z_share", found.peekingShare());
    result.put(key + "z_once_share", found.onceShare());
    result.put(key + "mixture_share", found.mixtureShare());
    result.put(key + "safe_2x2_share", found.safeShare());
    if (control != canary) {
      result.put(key + "mixture_median", found.mixtureMedian());
      result.put(key + "safe_2x2_median", found.safeMedian());
    }
    return found;
  }

  private static void trials(Result result, String key, TrialStreams streams) {
    TrialStreams.Verdicts verdicts = streams.run(TRIALS, UNITS, SEED);
    result.put(key + "_promoted", verdicts.promoted());
    result.put(key + "_rolled_back", verdicts.rolledBack());
  }
}
