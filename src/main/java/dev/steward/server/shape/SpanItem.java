// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A span of a run.
///
/// @param agent the one it says itself; null on a span that inherits the agent above it
/// @param tool `server/tool` where the server is known
/// @param cost of all that it spent, null where nothing has a cost
/// @param error the message of a failure, null without the permission to read content
/// @param decision what policy said of the call, null for one that did not pass the gateway
/// @param costSource reported (by the provider), priced (by the table) or estimated (its tokens
///   were counted here, since the provider did not say); null where the cost is not known
public record SpanItem(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    SpanKind kind,
    String name,
    @Nullable String agent,
    @Nullable String model,
    @Nullable String tool,
    Instant startedAt,
    Instant endedAt,
    String status,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Money cost,
    @Nullable String decision,
    @Nullable String error,
    String service,
    @Nullable String costSource) {

  /// @param readsContent whether the reader may see what the agent says of a failure, which may
  ///   quote what was said to it; that it failed is in the status
  public static SpanItem of(Span span, boolean readsContent) {
    Usage usage = span.usage();
    Cost cost = span.total();
    return new SpanItem(
        span.key().traceId(),
        span.key().spanId(),
        span.parentSpanId(),
        span.kind(),
        span.name(),
        span.agentName(),
        span.modelName(),
        span.tool() == null ? null : tool(span.tool()),
        span.startedAt(),
        span.endedAt(),
        span.status().name().toLowerCase(Locale.ROOT),
        usage == null ? null : usage.input(),
        usage == null ? null : usage.output(),
        cost == null ? null : Money.of(cost),
        Enforced.of(span).map(Enforced::decision).orElse(null),
        readsContent ? span.error() : null,
        span.origin().service(),
        span.cost() instanceof Cost.Known known
            ? known.source().name().toLowerCase(Locale.ROOT)
            : null);
  }

  private static String tool(ToolFacts tool) {
    return tool.server() == null ? tool.name() : tool.server() + "/" + tool.name();
  }
}
