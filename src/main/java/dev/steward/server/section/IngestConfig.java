// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;
import java.time.Duration;

/// The way of telemetry from the acknowledgement into the span store.
public record IngestConfig(
    @Setting(
            byDefault = "false",
            about = "Whether telemetry without an agent key is refused. A wrong key always is.")
        boolean requireKey,
    @Setting(
            byDefault = "2GiB",
            about = "Journal bytes that may wait for the span store before senders are held off.")
        DataSize backlog,
    @Setting(byDefault = "64MiB", about = "Size at which a new journal segment is begun.")
        DataSize segment,
    @Setting(byDefault = "1s", about = "Longest wait before waiting spans are loaded.")
        Duration flushAfter,
    @Setting(byDefault = "5000", about = "Number of waiting spans that are loaded at once.")
        int flushSpans) {

  public IngestConfig {
    Checks.atLeast("ingest.segment", segment, new DataSize(64 << 10));
    Checks.notBelow("ingest.backlog", backlog.bytes(), "ingest.segment", segment.bytes());
    Checks.positive("ingest.flush-after", flushAfter);
    Checks.atLeast("ingest.flush-spans", flushSpans, 1);
  }
}
