// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import java.util.List;

/// What one stretch of the journal says, written to the span store in one transaction together with
/// the journal position it reaches.
public record Batch(
    List<Span> spans,
    List<Evaluation> evaluations,
    List<LateContent> contents,
    List<LogLine> logs,
    List<MetricPoint> metrics,
    List<DeadLetter> deadLetters,
    JournalPosition upTo) {}
