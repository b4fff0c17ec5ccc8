// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How ingest is doing, beside the counts of spans.
///
/// @param oldestWaiting age of the oldest record that is not loaded, zero when none waits
/// @param backlogBytes journal bytes that are not loaded
/// @param inFlightBytes accepted from the wire and not synced yet
/// @param logs log records loaded since the server started
/// @param metrics metric points loaded since the server started
/// @param slowedDown requests sent away for lack of room, to come again, since the server started
/// @param unknownKeys requests refused for a missing, wrong or revoked key since the server started
/// @param trouble why the span store takes nothing at the moment, null when all is well
public record IngestStatus(
    Duration oldestWaiting,
    long backlogBytes,
    long inFlightBytes,
    long logs,
    long metrics,
    long slowedDown,
    long unknownKeys,
    @Nullable String trouble) {}
