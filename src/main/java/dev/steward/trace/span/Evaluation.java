// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A judgement of a span or a whole run: `gen_ai.evaluation.result`, an outcome told through the
/// API, or a rule of the Agent resource.
///
/// @param traceId "" while only the response is known that is meant
/// @param spanId null when the whole trace is meant
/// @param label such as success, failure, approved; null when only a score was given
/// @param outcome whether it states the outcome of the run rather than one aspect of it
/// @param by who said so: a person's id, an evaluator's name, "sender", or "gateway" for our own
public record Evaluation(
    String traceId,
    @Nullable String spanId,
    @Nullable String responseId,
    String name,
    @Nullable String label,
    @Nullable Double score,
    @Nullable String explanation,
    boolean outcome,
    String by,
    Instant at) {

  /// Whether it says whose run it judges.
  public boolean placed() {
    return !traceId.isEmpty();
  }

  /// The same judgement, as said by somebody else.
  public Evaluation saidBy(String who) {
    return new Evaluation(
        traceId, spanId, responseId, name, label, score, explanation, outcome, who, at);
  }

  /// The same judgement, of this span.
  public Evaluation of(SpanKey span) {
    return new Evaluation(
        span.traceId(),
        span.spanId(),
        responseId,
        name,
        label,
        score,
        explanation,
        outcome,
        by,
        at);
  }
}
