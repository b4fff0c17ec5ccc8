// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.time.Duration;

/// How agents are watched for drift.
public record DriftConfig(
    @Setting(
            byDefault = "2000",
            about =
                "Runs of one version that a baseline is learnt from; with fewer, smaller changes"
                    + " are seen later.")
        int baselineRuns,
    @Setting(
            byDefault = "7d",
            about = "Time after a version's first run after which 50 runs are enough.")
        Duration baselineTime,
    @Setting(
            byDefault = "1h",
            about =
                "Time that outcomes are told within; a baseline is learnt of runs older than that.")
        Duration settle,
    @Setting(byDefault = "5s", about = "Rest between two looks at the runs that ended.")
        Duration lookEvery) {
  private static final int RUNS_MIN = 50;
  private static final int RUNS_MAX = 20_000;

  public DriftConfig {
    Checks.atLeast("drift.baseline-runs", baselineRuns, RUNS_MIN);
    if (baselineRuns > RUNS_MAX) {
      throw new IllegalArgumentException(
          "drift.baseline-runs is " + baselineRuns + ": it must be " + RUNS_MAX + " or less");
    }
    Checks.positive("drift.baseline-time", baselineTime);
    Checks.positive("drift.look-every", lookEvery);
  }
}
