// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

/// The identity of a span: 32 and 16 lower-case hex characters.
public record SpanKey(String traceId, String spanId) {}
