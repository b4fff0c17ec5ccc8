// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.trace.run.Run;
import java.time.Instant;

/// A tool call that was made, with what was known then.
///
/// @param argumentsKnown whether its arguments were recorded; else the call has none
/// @param argumentsJson as they were recorded, content that not everybody may read; "" for none
public record RecordedCall(
    ToolCall call,
    Facts facts,
    boolean argumentsKnown,
    String argumentsJson,
    Run run,
    String spanId,
    Instant at) {}
