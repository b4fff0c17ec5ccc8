// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.steward.server.shape.RunItem;
import dev.steward.server.shape.SpanItem;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run with everything that belongs to it.
///
/// @param run its fields stand beside `spans`
/// @param estimatedCalls model calls whose part of the cost is estimated
/// @param spans all of the run's trace, in order of start
public record RunWithSpans(
    @JsonUnwrapped RunItem run,
    int estimatedCalls,
    List<SpanItem> spans,
    List<Judgement> evaluations) {

  /// What somebody or something said of the run or a span of it.
  ///
  /// @param explanation null for a reader who may not read content
  public record Judgement(
      @Nullable String spanId,
      String name,
      @Nullable String label,
      @Nullable Double score,
      @Nullable String explanation,
      boolean outcome,
      String by,
      Instant at) {}

  static RunWithSpans of(
      Run run, List<Span> spans, List<Evaluation> evaluations, boolean readsContent) {
    return new RunWithSpans(
        RunItem.of(run, readsContent),
        RunCost.estimated(spans),
        spans.stream().map(span -> SpanItem.of(span, readsContent)).toList(),
        evaluations.stream().map(e -> judgement(e, readsContent)).toList());
  }

  private static Judgement judgement(Evaluation said, boolean readsContent) {
    return new Judgement(
        said.spanId(),
        said.name(),
        said.label(),
        said.score(),
        readsContent ? said.explanation() : null,
        said.outcome(),
        said.by(),
        said.at());
  }
}
