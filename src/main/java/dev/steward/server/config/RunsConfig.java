// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import java.time.Duration;

/// How runs are told.
public record RunsConfig(
    @Setting(
            byDefault = "30m",
            about = "Silence after which an open run is called abandoned; a late span reopens it.")
        Duration abandonedAfter) {

  public RunsConfig {
    Checks.positive("runs.abandoned-after", abandonedAfter);
  }
}
