// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that is known of one span, what was said included.
///
/// @param costReason why the cost is not known, null where it is
/// @param priceBasis digest of the price row used, "" when the provider reported the cost
public record SpanDetail(
    SpanItem span,
    @Nullable ModelFacts modelFacts,
    @Nullable Usage usage,
    @Nullable String costReason,
    @Nullable String priceBasis,
    List<JsonNode> input,
    List<JsonNode> output,
    @Nullable JsonNode instructions,
    @Nullable JsonNode tools,
    @Nullable JsonNode arguments,
    @Nullable JsonNode result,
    @Nullable JsonNode documents,
    JsonNode attributes,
    JsonNode resource,
    List<EventItem> events,
    List<LinkItem> links,
    String scope,
    String dialect,
    Instant received,
    String digest) {

  /// A span event.
  public record EventItem(String name, Instant at, JsonNode attributes) {}

  /// A link to another span.
  public record LinkItem(String traceId, String spanId, JsonNode attributes) {}

  public static SpanDetail of(Span span) {
    Content content = span.content();
    Raw raw = span.raw();
    return new SpanDetail(
        SpanItem.of(span, true),
        span.model(),
        span.usage(),
        span.cost() instanceof Cost.Unknown unknown ? unknown.reason() : null,
        span.cost() instanceof Cost.Known known ? known.basis() : null,
        content.input().stream().map(m -> json(m.json())).toList(),
        content.output().stream().map(m -> json(m.json())).toList(),
        json(content.instructions()),
        json(content.tools()),
        json(content.arguments()),
        json(content.result()),
        json(content.documents()),
        json(raw.attributesJson()),
        json(raw.resourceJson()),
        raw.events().stream()
            .map(e -> new EventItem(e.name(), e.at(), json(e.attributesJson())))
            .toList(),
        raw.links().stream()
            .map(l ->
                new LinkItem(l.target().traceId(), l.target().spanId(), json(l.attributesJson())))
            .toList(),
        raw.scopeName() + (raw.scopeVersion().isEmpty() ? "" : " " + raw.scopeVersion()),
        raw.dialect(),
        span.received(),
        span.digest().hex());
  }

  private static @Nullable JsonNode json(@Nullable Message message) {
    return message == null ? null : json(message.json());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
