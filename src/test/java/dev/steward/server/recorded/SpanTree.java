// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;
import java.util.List;

/// The spans of one run, read for tests.
public final class SpanTree {
  private final List<Span> spans;

  public SpanTree(List<ExportTraceServiceRequest> requests) {
    this.spans = spans(requests);
  }

  public static List<Span> spans(List<ExportTraceServiceRequest> requests) {
    return requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  public Span root() {
    return spans.stream().filter(s -> s.getParentSpanId().isEmpty()).findFirst().orElseThrow();
  }

  public List<Span> all() {
    return spans;
  }

  public List<Span> operation(String operation) {
    return spans.stream()
        .filter(span -> text(span, "gen_ai.operation.name").equals(operation))
        .toList();
  }

  /// Names of the children in order of start.
  public List<String> children(Span parent) {
    return spans.stream()
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
        .map(Span::getName)
        .toList();
  }

  /// "" where the span has no such attribute.
  public static String text(Span span, String key) {
    return text(span.getAttributesList(), key);
  }

  public static String text(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }
}
