// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.Digest;
import dev.steward.trace.SpanStore;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Tail and store as one. Until the store is attached the tail answers alone. Lists and single runs
/// are the newer of both; sums are the store's, which is a flush of the loader behind.
public final class MergedTraces implements TraceQueries {
  private static final int OPEN_TRACES_MAX = 2_000;

  private final LiveTail tail;
  private volatile @Nullable SpanStore store;

  public MergedTraces(LiveTail tail) {
    this.tail = tail;
  }

  /// Puts history behind the tail, and runs that were open since the given moment into the tail.
  public void attach(SpanStore history, Instant openSince) {
    for (String id : history.openTraces(openSince).stream().limit(OPEN_TRACES_MAX).toList()) {
      if (history.size(id) <= LiveTail.SPANS_MAX / 10) {
        tail.restore(history.spans(id), history.evaluations(id));
      }
    }
    store = history;
  }

  /// Whether history is there; pages say so when it is not.
  public boolean attached() {
    return store != null;
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    SpanStore history = store;
    if (history == null) {
      return tail.runs(query);
    }
    return new RunMerge(query, tail, history).page();
  }

  @Override
  public Optional<Run> run(String id) {
    Optional<Run> live = tail.run(id);
    SpanStore history = store;
    if (history == null || (live.isPresent() && tailIsWhole(live.get().traceId(), history))) {
      return live;
    }
    Optional<Run> stored = history.run(id);
    return stored.isPresent() ? stored : live;
  }

  private boolean tailIsWhole(String traceId, SpanStore history) {
    return tail.size(traceId) >= history.size(traceId);
  }

  @Override
  public List<Span> spans(String traceId) {
    return merged(traceId, TraceQueries::spans);
  }

  @Override
  public List<Span> outline(String traceId) {
    return merged(traceId, TraceQueries::outline);
  }

  @Override
  public List<Span> spans(String traceId, Set<String> spanIds) {
    return merged(traceId, (traces, id) -> traces.spans(id, spanIds));
  }

  private List<Span> merged(String traceId, BiFunction<TraceQueries, String, List<Span>> spans) {
    List<Span> live = spans.apply(tail, traceId);
    SpanStore history = store;
    if (history == null || (!live.isEmpty() && tailIsWhole(traceId, history))) {
      return live;
    }
    List<Span> stored = spans.apply(history, traceId);
    if (live.isEmpty()) {
      return stored;
    }
    Map<SpanKey, Span> newest = new LinkedHashMap<>();
    stored.forEach(span -> newest.put(span.key(), span));
    live.forEach(span -> newest.merge(span.key(), span, MergedTraces::newer));
    List<Span> merged = new ArrayList<>(newest.values());
    merged.sort(SpanTree.BY_START);
    return merged;
  }

  private static Span newer(Span stored, Span live) {
    return Span.BY_VERSION.compare(stored, live) > 0 ? stored : live;
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    SpanStore history = store;
    if (history == null) {
      return tail.evaluations(traceId);
    }
    Set<Evaluation> merged = new LinkedHashSet<>(history.evaluations(traceId));
    merged.addAll(tail.evaluations(traceId));
    return List.copyOf(merged);
  }

  @Override
  public Optional<byte[]> content(Digest hash) {
    Optional<byte[]> live = tail.content(hash);
    SpanStore history = store;
    return live.isPresent() || history == null ? live : history.content(hash);
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    SpanStore history = store;
    return history == null ? tail.cost(query) : history.cost(query);
  }

  @Override
  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    SpanStore history = store;
    return history == null ? tail.tasks(query) : history.tasks(query);
  }

  @Override
  public List<AgentActivity> activity(ActivityQuery query) {
    SpanStore history = store;
    return history == null ? tail.activity(query) : history.activity(query);
  }

  @Override
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    SpanStore history = store;
    return history == null ? tail.slices(query, count) : history.slices(query, count);
  }

  @Override
  public List<UsedPart> used(ActivityQuery query) {
    SpanStore history = store;
    return history == null ? tail.used(query) : history.used(query);
  }
}
