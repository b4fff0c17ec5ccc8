// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.Digest;
import dev.steward.trace.LateContent;
import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.assembly.VersionPins;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LateMerge;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that is held in memory of one trace. Not safe for several threads; its store guards it.
final class HeldTrace {
  private final Map<SpanKey, Span> spans = new HashMap<>();
  private final Map<SpanKey, SpanFacts> facts = new HashMap<>();
  private final Map<SpanKey, Content> late = new HashMap<>();
  private final Map<Digest, Message> bodies = new HashMap<>();

  /// Apart from what is said: nobody searches in them.
  private final Map<Digest, Message> blobs = new HashMap<>();

  private final List<Evaluation> evaluations = new ArrayList<>();
  private final VersionPins pins = VersionPins.none();
  private List<Message> longest = List.of();
  private @Nullable List<AssembledRun> runs;

  /// What became of a span that was put in.
  enum Put {
    NEW,
    DUPLICATE,
    NEWER,
    /// It belongs to another sender.
    FOREIGN
  }

  Put put(Span span) {
    SpanFacts told = SpanFacts.of(span);
    SpanFacts known = facts.get(span.key());
    if (known != null && known.digest().equals(told.digest())) {
      return Put.DUPLICATE;
    }
    if (known != null && told.refusedAfter(known) != null) {
      return Put.FOREIGN;
    }
    if (known != null && SpanFacts.BY_VERSION.compare(told, known) < 0) {
      return Put.DUPLICATE;
    }
    spans.put(span.key(), LateMerge.with(span, interned(span.content())));
    facts.put(span.key(), told);
    runs = null;
    if (late.containsKey(span.key())) {
      refresh(span.key());
    }
    return known == null ? Put.NEW : Put.NEWER;
  }

  /// Why a version of a span is not taken.
  String refusal(Span span) {
    SpanFacts known = facts.get(span.key());
    return known == null ? "" : String.valueOf(SpanFacts.of(span).refusedAfter(known));
  }

  void put(LateContent content) {
    late.merge(content.span(), interned(content.content()), LateMerge::merge);
    if (spans.containsKey(content.span())) {
      refresh(content.span());
    }
  }

  void put(Evaluation evaluation) {
    if (!evaluations.contains(evaluation)) {
      evaluations.add(evaluation);
      runs = null;
    }
  }

  private void refresh(SpanKey key) {
    facts.put(key, SpanFacts.of(whole(spans.get(key))));
    runs = null;
  }

  private Span whole(@Nullable Span span) {
    if (span == null) {
      throw new IllegalStateException("the span is not held");
    }
    Content more = late.get(span.key());
    return more == null ? span : LateMerge.with(span, LateMerge.merge(span.content(), more));
  }

  List<AssembledRun> runs(RunAssembler assembler) {
    if (runs == null) {
      runs = assembler.assemble(facts.values(), evaluations, pins);
    }
    return runs;
  }

  int size() {
    return spans.size();
  }

  List<Span> spans() {
    return spans.values().stream().map(this::whole).sorted(SpanTree.BY_START).toList();
  }

  List<Span> spans(Set<String> spanIds) {
    return spans.values().stream()
        .filter(span -> spanIds.contains(span.key().spanId()))
        .map(this::whole)
        .sorted(SpanTree.BY_START)
        .toList();
  }

  List<Span> outline() {
    return spans.values().stream().map(Span::outline).sorted(SpanTree.BY_START).toList();
  }

  List<Evaluation> evaluations() {
    return List.copyOf(evaluations);
  }

  @Nullable Message body(Digest hash) {
    Message body = bodies.get(hash);
    return body == null ? blobs.get(hash) : body;
  }

  /// Whether one body of the trace contains all of the words.
  boolean contains(List<String> words) {
    return bodies.values().stream()
        .map(body -> body.json().toLowerCase(Locale.ROOT))
        .anyMatch(text -> words.stream().allMatch(text::contains));
  }

  private Content interned(Content content) {
    content.blobs().forEach(blob -> blobs.put(blob.hash(), blob));
    return new Content(
        interned(content.input()),
        interned(content.output()),
        interned(content.instructions()),
        interned(content.tools()),
        interned(content.arguments()),
        interned(content.result()),
        interned(content.documents()));
  }

  /// Lets go of large blobs, which the store has by now.
  void forgetBlobs() {
    blobs.clear();
  }

  /// A request begins with what the one before it held: that much need not be looked up.
  private List<Message> interned(List<Message> messages) {
    List<Message> kept = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      Message before = i < longest.size() ? longest.get(i) : null;
      kept.add(before != null && before.hash().equals(message.hash()) ? before : kept(message));
    }
    List<Message> all = List.copyOf(kept);
    longest = all.size() < longest.size() ? longest : all;
    return all;
  }

  private @Nullable Message interned(@Nullable Message message) {
    return message == null ? null : kept(message);
  }

  private Message kept(Message message) {
    Message before = bodies.putIfAbsent(message.hash(), message);
    return before == null ? message : before;
  }
}
