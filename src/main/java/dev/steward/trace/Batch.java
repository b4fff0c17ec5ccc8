// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one stretch of the journal says, written to the span store in one transaction together with
/// the journal position it reaches.
///
/// @param refusals makes letters of spans that belong to another sender, null where such a span
///   counts as a duplicate
/// @param moved spans that are told again in another place; written as the others are, not counted
public record Batch(
    List<Span> spans,
    List<Evaluation> evaluations,
    List<LateContent> contents,
    List<LogLine> logs,
    List<MetricPoint> metrics,
    List<DeadLetter> deadLetters,
    JournalPosition upTo,
    @Nullable Refusals refusals,
    List<Span> moved) {

  public Batch(
      List<Span> spans,
      List<Evaluation> evaluations,
      List<LateContent> contents,
      List<LogLine> logs,
      List<MetricPoint> metrics,
      List<DeadLetter> deadLetters,
      JournalPosition upTo,
      @Nullable Refusals refusals) {
    this(spans, evaluations, contents, logs, metrics, deadLetters, upTo, refusals, List.of());
  }

  public Batch(
      List<Span> spans,
      List<Evaluation> evaluations,
      List<LateContent> contents,
      List<LogLine> logs,
      List<MetricPoint> metrics,
      List<DeadLetter> deadLetters,
      JournalPosition upTo) {
    this(spans, evaluations, contents, logs, metrics, deadLetters, upTo, null);
  }

  /// The same without letters, and without what makes them.
  public Batch withoutLetters() {
    return new Batch(spans, evaluations, contents, logs, metrics, List.of(), upTo, null, moved);
  }
}
