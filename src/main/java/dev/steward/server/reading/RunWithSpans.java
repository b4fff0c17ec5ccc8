// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.steward.domain.Spend;
import dev.steward.server.shape.Money;
import dev.steward.server.shape.RunItem;
import dev.steward.server.shape.SpanItem;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run with everything that belongs to it.
///
/// @param run its fields stand beside `spans`
/// @param costs the run's cost by what it went to, in the order of the words
/// @param estimatedCalls model calls whose part of the cost is estimated
/// @param undeclared what the process sent that its version does not declare, and what it was given
///   that had changed without a word
/// @param spans all of the run's trace, in order of start
public record RunWithSpans(
    @JsonUnwrapped RunItem run,
    List<CostPart> costs,
    int estimatedCalls,
    List<String> undeclared,
    List<SpanItem> spans,
    List<Judgement> evaluations) {

  /// What went to one thing.
  ///
  /// @param what `model`, `tool`, `api`, `retrieval`, `compute` or `review`
  public record CostPart(String what, Money cost, int unknownCosts) {}

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
      Run run,
      Map<Spend, RunCost> costs,
      List<Span> spans,
      List<Evaluation> evaluations,
      List<String> retrieved,
      boolean readsContent) {
    List<String> undeclared = new ArrayList<>(Enforced.undeclared(spans));
    undeclared.addAll(retrieved);
    return new RunWithSpans(
        RunItem.of(run, readsContent),
        parts(costs),
        RunCost.estimated(spans),
        undeclared,
        spans.stream().map(span -> SpanItem.of(span, readsContent)).toList(),
        evaluations.stream().map(e -> judgement(e, readsContent)).toList());
  }

  private static List<CostPart> parts(Map<Spend, RunCost> costs) {
    List<CostPart> parts = new ArrayList<>();
    costs.forEach(
        (what, cost) -> parts.add(new CostPart(what.word(), Money.of(cost), cost.unknown())));
    return parts;
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
