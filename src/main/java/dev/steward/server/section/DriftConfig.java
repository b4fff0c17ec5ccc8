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
    @Setting(byDefault = "5s", about = "Rest between two looks at the runs that ended.")
        Duration lookEvery) {
  private static final int RUNS_MIN = 50;

  public DriftConfig {
    Checks.atLeast("drift.baseline-runs", baselineRuns, RUNS_MIN);
    Checks.positive("drift.baseline-time", baselineTime);
    Checks.positive("drift.look-every", lookEvery);
  }
}
