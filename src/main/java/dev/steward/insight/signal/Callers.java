// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose the spans that came together are: without a key, a call says it only by the agent's span
/// above it.
final class Callers {
  /// Parents may be in a circle.
  private static final int HEIGHT_MAX = 64;

  private final Map<SpanKey, Span> spans;

  Callers(List<Span> together) {
    spans = HashMap.newHashMap(together.size());
    together.forEach(span -> spans.put(span.key(), span));
  }

  /// The agent that a span is of; its service where no agent is told.
  String of(Span span) {
    Span above = span;
    for (int height = 0; above != null && height < HEIGHT_MAX; height++) {
      String agent = above.origin().agent();
      if (agent != null && (height == 0 || above.kind() == SpanKind.AGENT)) {
        return agent;
      }
      above = parent(above);
    }
    return span.origin().service();
  }

  private @Nullable Span parent(Span span) {
    String id = span.parentSpanId();
    return id == null ? null : spans.get(new SpanKey(span.key().traceId(), id));
  }
}
