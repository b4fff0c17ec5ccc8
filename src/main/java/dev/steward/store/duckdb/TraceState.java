// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.assembly.VersionPins;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.SpanKey;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What the writer needs to know of a trace to tell duplicates and to put its runs together: the
/// facts of its spans, without their content.
final class TraceState {
  final String id;

  /// The day that all rows of the trace are filed under: of the first receipt.
  final LocalDate day;

  final VersionPins pins = VersionPins.none();
  final Set<Evaluation> evaluations = new LinkedHashSet<>();
  private final Map<SpanKey, SpanFacts> spans = new HashMap<>();
  private final Map<SpanKey, String> lateTitles = new HashMap<>();

  /// Whether there are rows of its runs already.
  boolean hasRuns;

  /// What became of a span that was put in.
  enum Put {
    NEW,
    DUPLICATE,
    NEWER,
    /// It belongs to another sender.
    FOREIGN
  }

  TraceState(String id, LocalDate day) {
    this.id = id;
    this.day = day;
  }

  Put put(SpanFacts facts) {
    SpanFacts before = spans.get(facts.key());
    if (before != null && before.digest().equals(facts.digest())) {
      return Put.DUPLICATE;
    }
    if (before != null && facts.refusedAfter(before) != null) {
      return Put.FOREIGN;
    }
    if (before != null && SpanFacts.BY_VERSION.compare(facts, before) < 0) {
      return Put.DUPLICATE;
    }
    spans.put(facts.key(), titled(facts));
    return before == null ? Put.NEW : Put.NEWER;
  }

  /// Why a version of a span is not taken.
  String refusal(SpanFacts facts) {
    SpanFacts before = spans.get(facts.key());
    return before == null ? "" : String.valueOf(facts.refusedAfter(before));
  }

  void putLateTitle(SpanKey key, String title) {
    if (!title.isEmpty() && lateTitles.putIfAbsent(key, title) == null) {
      spans.computeIfPresent(key, (_, facts) -> titled(facts));
    }
  }

  private SpanFacts titled(SpanFacts facts) {
    String late = lateTitles.get(facts.key());
    return late == null || !facts.title().isEmpty() ? facts : facts.withTitle(late);
  }

  Collection<SpanFacts> spans() {
    return spans.values();
  }

  int size() {
    return spans.size();
  }
}
