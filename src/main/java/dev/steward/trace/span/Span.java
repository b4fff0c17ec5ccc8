// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One span in the one form that every dialect is brought to. What the sender wrote is kept beside
/// it in `raw`, whatever we understood of it.
///
/// @param parentSpanId null for a root
/// @param origin who sent it, and what piece of work it belongs to
/// @param model facts of a model or embedding call; on an agent or step the model it names
/// @param tool facts of a tool call
/// @param content messages, arguments, results, documents
/// @param cost of its tokens alone, null on a kind that has none
/// @param charges what else it cost, by the prices declared for that
/// @param received when the server acknowledged it
/// @param digest of the span's bytes: the same key with the same digest is a duplicate, with
///   another digest a newer version
public record Span(
    SpanKey key,
    @Nullable String parentSpanId,
    SpanKind kind,
    String name,
    Status status,
    @Nullable String error,
    Instant startedAt,
    Instant endedAt,
    Instant received,
    Origin origin,
    @Nullable ModelFacts model,
    @Nullable ToolFacts tool,
    Content content,
    @Nullable Usage usage,
    @Nullable Cost cost,
    List<Charge> charges,
    Raw raw,
    Digest digest) {

  /// Of two versions of a span the newer comes last: the one received later, and of those received
  /// together the one that ended later.
  public static final Comparator<Span> BY_VERSION =
      Comparator.comparing(Span::received).thenComparing(Span::endedAt).thenComparing(Span::digest);

  public Span {
    charges = List.copyOf(charges);
  }

  /// How a span ended by its sender's word.
  public enum Status {
    UNSET,
    OK,
    ERROR
  }

  /// What a tree or a list shows of the span: without what was said, without what its sender wrote
  /// unless that is our gateway, of origin who acted, of a model its names, its answer's id and how
  /// it ended, and of usage the two sums.
  public Span outline() {
    return new Span(
        key,
        parentSpanId,
        kind,
        name,
        status,
        error,
        startedAt,
        endedAt,
        received,
        Origin.of(origin.service(), origin.agent(), origin.sender()),
        model == null ? null : named(model),
        tool,
        Content.NONE,
        usage == null ? null : Usage.sums(usage.input(), usage.output()),
        cost,
        charges,
        raw.outline(),
        digest);
  }

  private static @Nullable ModelFacts named(ModelFacts model) {
    ModelFacts named =
        ModelFacts.named(
            model.provider(), model.requestModel(), model.responseModel(), model.finishReasons());
    return named == null ? null : named.answering(model.responseId());
  }

  public Teller teller() {
    return Teller.of(raw.scopeName(), kind, status);
  }

  /// Tokens and all else together, null where nothing has a cost.
  public @Nullable Cost total() {
    return Charge.total(cost, charges);
  }

  /// Never negative: a span that claims to end before it started took no time we can state.
  public Duration duration() {
    Duration claimed = Duration.between(startedAt, endedAt);
    return claimed.isNegative() ? Duration.ZERO : claimed;
  }

  /// The agent that the span itself names; null where it works for the agent above it.
  public @Nullable String agentName() {
    return kind == SpanKind.AGENT ? origin.agent() : origin.named();
  }

  /// The model that answered, else the one asked for; null when neither is known.
  public @Nullable String modelName() {
    if (model == null) {
      return null;
    }
    return model.responseModel() != null ? model.responseModel() : model.requestModel();
  }
}
