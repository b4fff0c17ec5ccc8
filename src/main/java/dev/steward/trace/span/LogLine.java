// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An accepted OTLP log record. Those that carry message content of a span are also turned into
/// that span's content.
public record LogLine(
    @Nullable String traceId,
    @Nullable String spanId,
    Instant at,
    String event,
    int severity,
    String bodyJson,
    String attributesJson,
    String service) {}
