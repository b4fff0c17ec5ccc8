// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.util.List;

/// Takes a span of the gateway to where the agent told of the same call.
public final class Moving {
  private Moving() {}

  /// The span below the one that tells of the same call, and what is left in its old place.
  public static List<Span> below(SpanKey agents, Span gateways) {
    return List.of(
        placed(gateways, new SpanKey(agents.traceId(), gateways.key().spanId()), agents),
        left(gateways));
  }

  private static Span placed(Span span, SpanKey key, SpanKey parent) {
    return new Span(
        key,
        parent.spanId(),
        span.kind(),
        span.name(),
        span.status(),
        span.error(),
        span.startedAt(),
        span.endedAt(),
        span.received(),
        span.origin(),
        span.model(),
        span.tool(),
        span.content(),
        span.usage(),
        span.cost(),
        span.charges(),
        span.raw(),
        span.digest());
  }

  /// A newer version of the span that stands for nothing.
  private static Span left(Span span) {
    Raw raw =
        new Raw(
            "{}",
            "{}",
            Teller.MOVED_SCOPE,
            "",
            span.raw().otelKind(),
            "",
            List.of(),
            List.of(),
            "");
    return new Span(
        span.key(),
        span.parentSpanId(),
        SpanKind.OTHER,
        span.name(),
        Span.Status.UNSET,
        null,
        span.startedAt(),
        span.endedAt(),
        span.received().plusNanos(1),
        span.origin(),
        null,
        null,
        Content.NONE,
        null,
        null,
        List.of(),
        raw,
        Digest.of("moved\n" + span.digest().hex()));
  }
}
