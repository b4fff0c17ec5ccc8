// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.Usage;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that is known of one span, what was said included.
///
/// @param gateway what the model gateway did with the call, null for one that did not pass it
/// @param contextWindow tokens that the model takes in one call, of which `usage.input` are filled;
///   null where nobody says
/// @param charges what it cost beside tokens
/// @param costReason why the cost of its tokens is not known, null where it is
/// @param priceBasis digest of the price row used, "" when the provider reported the cost; two
///   joined by `+` where a surcharge stands in another row
/// @param priceRows where each of these rows can be read
/// @param hashes of what was said, each to be read at `/api/v1/content/{hash}`
public record SpanDetail(
    SpanItem span,
    @Nullable Enforced gateway,
    @Nullable ModelFacts modelFacts,
    @Nullable Usage usage,
    @Nullable Long contextWindow,
    List<ChargeItem> charges,
    @Nullable String costReason,
    @Nullable String priceBasis,
    List<String> priceRows,
    List<JsonNode> input,
    List<JsonNode> output,
    @Nullable JsonNode instructions,
    @Nullable JsonNode tools,
    @Nullable JsonNode arguments,
    @Nullable JsonNode result,
    @Nullable JsonNode documents,
    Hashes hashes,
    JsonNode attributes,
    JsonNode resource,
    List<EventItem> events,
    List<LinkItem> links,
    String scope,
    String dialect,
    Instant received,
    String digest) {

  /// SHA-256 of each message and body, in their order.
  ///
  /// @param blobs large binary bodies that the messages name by `ref`
  public record Hashes(
      List<String> input,
      List<String> output,
      @Nullable String instructions,
      @Nullable String tools,
      @Nullable String arguments,
      @Nullable String result,
      @Nullable String documents,
      List<String> blobs) {
    private static Hashes of(Content content) {
      return new Hashes(
          all(content.input()),
          all(content.output()),
          one(content.instructions()),
          one(content.tools()),
          one(content.arguments()),
          one(content.result()),
          one(content.documents()),
          content.blobRefs().stream().map(Digest::hex).toList());
    }

    private static List<String> all(List<Message> messages) {
      return messages.stream().map(m -> m.hash().hex()).toList();
    }

    private static @Nullable String one(@Nullable Message message) {
      return message == null ? null : message.hash().hex();
    }
  }

  /// Something that the span cost beside tokens.
  ///
  /// @param what `tool`, `api`, `retrieval`, `compute` or `review`
  /// @param quantity calls, seconds or minutes, null where its sender did not say a number
  /// @param reason why the cost is not known, null where it is
  public record ChargeItem(
      String what,
      String provider,
      @Nullable BigDecimal quantity,
      Money cost,
      @Nullable String reason) {}

  private static ChargeItem item(Charge charge) {
    return new ChargeItem(
        charge.what().word(),
        charge.provider(),
        charge.quantity(),
        Money.of(charge.cost()),
        charge.cost() instanceof Cost.Unknown unknown ? unknown.reason() : null);
  }

  /// A span event.
  public record EventItem(String name, Instant at, JsonNode attributes) {}

  /// A link to another span.
  public record LinkItem(String traceId, String spanId, JsonNode attributes) {}

  public static SpanDetail of(Span span, @Nullable Long contextWindow) {
    Content content = span.content();
    Raw raw = span.raw();
    return new SpanDetail(
        SpanItem.of(span, true),
        Enforced.of(span).orElse(null),
        span.model(),
        span.usage(),
        contextWindow,
        span.charges().stream().map(SpanDetail::item).toList(),
        span.cost() instanceof Cost.Unknown unknown ? unknown.reason() : null,
        span.cost() instanceof Cost.Known known ? known.basis() : null,
        span.cost() instanceof Cost.Known known ? rows(known.basis()) : List.of(),
        content.input().stream().map(m -> json(m.json())).toList(),
        content.output().stream().map(m -> json(m.json())).toList(),
        json(content.instructions()),
        json(content.tools()),
        json(content.arguments()),
        json(content.result()),
        json(content.documents()),
        Hashes.of(content),
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

  private static List<String> rows(String basis) {
    return Arrays.stream(basis.split("\\+", -1))
        .filter(digest -> !digest.isEmpty())
        .map(digest -> "/api/v1/prices/" + digest)
        .toList();
  }

  private static @Nullable JsonNode json(@Nullable Message message) {
    return message == null ? null : json(message.json());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
