// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import dev.steward.control.state.State;
import dev.steward.domain.LastUsed;
import dev.steward.domain.resource.DataSource;
import dev.steward.insight.data.DocumentLines.Known;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Remembers the last fingerprint of every document, told or seen, and tells when a retrieval
/// returns another. Another version of the source as it is declared is a change that was told.
public final class KnownDocuments {
  /// Lines that the diary should keep at least.
  public static final int LINES_MAX = 250_000;

  private static final int DOCUMENTS_MAX = 200_000;
  private static final int CHANGES_MAX = 2_000;

  private final Diary diary;
  private final Supplier<State> state;
  private final List<DocumentChange> changes = new ArrayList<>();

  /// When all documents of a source were told last.
  private final Map<String, Instant> complete = new HashMap<>();

  private final Map<List<String>, Known> known = new LastUsed<>(DOCUMENTS_MAX);

  /// What was known of a document before.
  private final Map<List<String>, Known> earlier = new LastUsed<>(DOCUMENTS_MAX);

  public KnownDocuments(Diary diary, Supplier<State> state) {
    this.diary = diary;
    this.state = state;
    for (String line : diary.read()) {
      DocumentLines.read(line, this::learn, this::remember);
    }
  }

  /// Looks at what retrievals returned.
  public void see(List<Span> spans) {
    for (Span span : spans) {
      Retrieved.of(span).ifPresent(retrieved -> see(span, retrieved));
    }
  }

  private void see(Span span, Retrieved retrieved) {
    String version =
        state.get().find(DataSource.class, retrieved.source()).map(DataSource::version).orElse("");
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      for (Fingerprint document : retrieved.documents()) {
        see(span, retrieved.source(), version, document, lines);
      }
    }
    if (!lines.isEmpty()) {
      diary.add(lines);
    }
  }

  private void see(
      Span span, String source, String version, Fingerprint document, List<String> lines) {
    Known before = known.get(Known.key(source, document.id()));
    Instant at = span.endedAt();
    if (before != null && cameEarlier(before, document, at)) {
      move(before, span, lines);
      return;
    }
    if (before != null
        && (before.at().isAfter(at)
            || before.hash().equals(document.hash())
            || !document.comparable(before.hash()))) {
      return;
    }
    Known next = new Known(source, document.id(), document.hash(), version, at);
    boolean unheard = before == null ? untold(source, at) : before.version().equals(version);
    if (unheard) {
      DocumentChange change = change(next, before == null ? "" : before.hash(), span);
      remember(change);
      lines.add(DocumentLines.write(change));
    }
    learn(next);
    lines.add(DocumentLines.write(next));
  }

  private static DocumentChange change(Known next, String before, Span span) {
    String environment = span.origin().environment();
    String run = span.origin().run();
    String agent = span.origin().agent();
    return new DocumentChange(
        next.source(),
        next.document(),
        before,
        next.hash(),
        next.at(),
        agent == null ? "" : agent,
        environment == null ? "" : environment,
        span.key().traceId(),
        run == null ? span.key().traceId() : run);
  }

  /// Whether a retrieval that is told of later saw the new content sooner: traces are not read in
  /// the order in which they began.
  private boolean cameEarlier(Known now, Fingerprint document, Instant at) {
    Known before = earlier.get(now.key());
    return before != null
        && now.hash().equals(document.hash())
        && at.isBefore(now.at())
        && at.isAfter(before.at());
  }

  private void move(Known now, Span span, List<String> lines) {
    Known sooner =
        new Known(now.source(), now.document(), now.hash(), now.version(), span.endedAt());
    known.put(sooner.key(), sooner);
    lines.add(DocumentLines.write(sooner));
    for (DocumentChange change : List.copyOf(changes)) {
      if (change.at().equals(now.at()) && change.of(now.source(), now.document())) {
        DocumentChange moved = change(sooner, change.before(), span);
        remember(moved);
        lines.add(DocumentLines.write(moved));
      }
    }
  }

  /// Whether all documents of the source were told before, and so this one should be among them.
  private boolean untold(String source, Instant at) {
    Instant told = complete.get(source);
    return told != null && told.isBefore(at);
  }

  /// Takes what a maintainer tells: from now on these are the fingerprints.
  ///
  /// @param all whether these are all documents of the source
  public void told(String source, List<Fingerprint> documents, boolean all, Instant at) {
    String version = state.get().find(DataSource.class, source).map(DataSource::version).orElse("");
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      for (Fingerprint document : documents) {
        Known next = new Known(source, document.id(), document.hash(), version, at);
        learn(next);
        // What was told counts from when it was told.
        earlier.remove(next.key());
        lines.add(DocumentLines.write(next));
      }
      if (all) {
        known.values().removeIf(one -> one.source().equals(source) && one.at().isBefore(at));
        complete.put(source, at);
        lines.addFirst(DocumentLines.write(new Known(source, "", "", version, at)));
      }
    }
    diary.add(lines);
  }

  /// A line without a document says that all are told with it.
  private synchronized void learn(Known one) {
    if (one.document().isEmpty()) {
      complete.put(one.source(), one.at());
    } else {
      Known before = known.put(one.key(), one);
      if (before != null && !before.hash().equals(one.hash())) {
        earlier.put(one.key(), before);
      }
    }
  }

  /// The same change that was seen sooner takes the place of the one that is remembered.
  private synchronized void remember(DocumentChange change) {
    changes.removeIf(change::isSooner);
    if (changes.size() >= CHANGES_MAX) {
      changes.removeFirst();
    }
    changes.add(change);
  }

  /// The changes that are remembered, the oldest first.
  public synchronized List<DocumentChange> changes() {
    return List.copyOf(changes);
  }

  /// What retrievals of one trace returned otherwise than it was known, in words.
  public synchronized List<String> words(String trace) {
    List<String> words = new ArrayList<>();
    for (DocumentChange change : changes) {
      if (change.trace().equals(trace)) {
        words.add(change.words() + " (" + change.detail() + ")");
      }
    }
    return words;
  }
}
