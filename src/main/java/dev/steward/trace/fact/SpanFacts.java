// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.fact;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.ToldCalls;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run needs to know of one of its spans; small, so that a store can hold those of open
/// traces in memory.
///
/// @param source the data source a retrieval read, null on others
/// @param title first words of what a person asked, "" when the span has none
/// @param waiting whether the span says that the run now waits for a person
/// @param responseId of a model call, null when not said
/// @param provider of a model call, null when not said
/// @param charges what it cost beside tokens
public record SpanFacts(
    SpanKey key,
    @Nullable String parentSpanId,
    SpanKind kind,
    boolean failed,
    Instant startedAt,
    Instant endedAt,
    Instant received,
    Origin origin,
    @Nullable String model,
    @Nullable ToolFacts tool,
    @Nullable String source,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Cost cost,
    String title,
    boolean waiting,
    @Nullable String responseId,
    Teller teller,
    Digest digest,
    String name,
    @Nullable String provider,
    List<Charge> charges) {

  /// By start; spans that start together are in order of their ids.
  public static final Comparator<SpanFacts> BY_START =
      Comparator.comparing(SpanFacts::startedAt).thenComparing(facts -> facts.key().spanId());

  /// Of two versions of a span the newer comes last, as in `Span.BY_VERSION`.
  public static final Comparator<SpanFacts> BY_VERSION =
      Comparator.comparing(SpanFacts::received)
          .thenComparing(SpanFacts::endedAt)
          .thenComparing(SpanFacts::digest);

  public static SpanFacts of(Span span) {
    return new SpanFacts(
        span.key(),
        span.parentSpanId(),
        span.kind(),
        span.status() == Span.Status.ERROR,
        span.startedAt(),
        span.endedAt(),
        span.received(),
        span.origin(),
        span.modelName(),
        span.tool(),
        RawFacts.source(span),
        span.usage() == null ? null : span.usage().input(),
        span.usage() == null ? null : span.usage().output(),
        span.cost(),
        Titles.of(span.content()),
        RawFacts.waiting(span),
        span.model() == null ? null : span.model().responseId(),
        span.teller(),
        span.digest(),
        span.name(),
        span.model() == null ? null : span.model().provider(),
        span.charges());
  }

  /// Why this version must not take the place of another: a span that came with an agent's key
  /// belongs to that agent, whatever key of its. Null when it may.
  public @Nullable String refusedAfter(SpanFacts before) {
    String owner = before.origin().sender();
    String sender = origin.sender();
    if (owner == null || owner.equals(sender)) {
      return null;
    }
    return "span %s of trace %s was sent with a key of agent %s and belongs to it; this version came %s"
        .formatted(
            key.spanId(),
            key.traceId(),
            owner,
            sender == null ? "without a key" : "with a key of agent " + sender);
  }

  public SpanFacts withTitle(String words) {
    return new SpanFacts(
        key,
        parentSpanId,
        kind,
        failed,
        startedAt,
        endedAt,
        received,
        origin,
        model,
        tool,
        source,
        inputTokens,
        outputTokens,
        cost,
        words,
        waiting,
        responseId,
        teller,
        digest,
        name,
        provider,
        charges);
  }

  /// Tool as `server/tool` where a server is known, "" on a span without one.
  public String toolName() {
    if (tool == null) {
      return "";
    }
    return tool.server() == null ? tool.name() : tool.server() + "/" + tool.name();
  }

  public boolean hasUsage() {
    return inputTokens != null || outputTokens != null;
  }

  /// Whether the span does nothing but hold or carry others.
  public boolean passage() {
    return ToldCalls.passage(kind);
  }

  public boolean priced() {
    return kind == SpanKind.MODEL || kind == SpanKind.EMBEDDING;
  }
}
