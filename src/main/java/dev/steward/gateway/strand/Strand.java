// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import java.time.Instant;

/// A run that is known by what was said in it.
///
/// @param traceId of all its spans
/// @param rootSpanId of the span that stands for the run
/// @param conversation that the run is a part of
/// @param opening the words that it began with, "" when there were none or too many
public record Strand(
    String traceId, String rootSpanId, String conversation, Instant startedAt, String opening) {}
