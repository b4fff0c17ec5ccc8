// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.LateContent;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;

/// What one journal record says. Spans read and spans unreadable add up to the record's count.
///
/// @param moved spans that are told again in another place, or for nothing in their old one; they
///   are beside the count
public record Facts(
    List<Span> spans,
    List<Evaluation> evaluations,
    List<LateContent> contents,
    List<LogLine> logs,
    List<MetricPoint> metrics,
    List<Unreadable> unreadable,
    List<Span> moved) {

  public Facts {
    spans = List.copyOf(spans);
    evaluations = List.copyOf(evaluations);
    contents = List.copyOf(contents);
    logs = List.copyOf(logs);
    metrics = List.copyOf(metrics);
    unreadable = List.copyOf(unreadable);
    moved = List.copyOf(moved);
  }

  public Facts(
      List<Span> spans,
      List<Evaluation> evaluations,
      List<LateContent> contents,
      List<LogLine> logs,
      List<MetricPoint> metrics,
      List<Unreadable> unreadable) {
    this(spans, evaluations, contents, logs, metrics, unreadable, List.of());
  }

  /// The same with more spans that are told again in another place.
  Facts moving(List<Span> again) {
    if (again.isEmpty()) {
      return this;
    }
    List<Span> all = new ArrayList<>(moved);
    all.addAll(again);
    return new Facts(spans, evaluations, contents, logs, metrics, unreadable, all);
  }

  /// The same with other judgements.
  Facts judged(List<Evaluation> judgements) {
    return new Facts(spans, judgements, contents, logs, metrics, unreadable, moved);
  }

  /// A part of a record that could not be turned into facts: a dead letter to be.
  ///
  /// @param spans how many spans are meant, 0 for log records and metrics
  /// @param payload that part alone, as an OTLP protobuf request of the record's signal
  public record Unreadable(int spans, String reason, byte[] payload) {}
}
