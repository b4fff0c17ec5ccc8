// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.time.Duration;

/// How runs are told.
public record RunsConfig(
    @Setting(
            byDefault = "10m",
            about = "Silence after which an open run is called abandoned; a late span reopens it.")
        Duration abandonedAfter,
    @Setting(byDefault = "7d", about = "The same for a run that waits for a person.")
        Duration waitingAbandonedAfter) {

  public RunsConfig {
    Checks.positive("runs.abandoned-after", abandonedAfter);
    Checks.positive("runs.waiting-abandoned-after", waitingAbandonedAfter);
  }
}
