// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.Digest;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanStore;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Open runs and what is not loaded yet, in memory, for queries and live pages.
public final class LiveTail implements TraceQueries {
  /// Spans held at most; beyond it the traces that were quiet for longest go, as soon as they are
  /// in the store.
  static final int SPANS_MAX = 100_000;

  private final InMemorySpanStore traces;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /// Spans of each trace that is held, by the time of the last change.
  private final Map<String, Integer> sizes = new LinkedHashMap<>(16, 0.75f, true);

  /// Up to where the journal speaks of traces that are not loaded as far as they were seen. A place
  /// and no count: several records that were seen one by one are loaded as one batch.
  private final Map<String, JournalPosition> notLoaded = new HashMap<>();

  public LiveTail(AgentDirectory directory, Silence silence, InstantSource clock) {
    this.traces = new InMemorySpanStore(directory, silence, clock);
  }

  /// Shows what a batch says at once; the loader calls it before the batch is in the store, and
  /// `loaded` after, with the same batch or with one of several together.
  public synchronized void see(Batch batch) {
    traces.write(batch.withoutLetters());
    Set<String> touched = touched(batch);
    touched.forEach(id -> notLoaded.merge(id, batch.upTo(), LiveTail::later));
    touched.forEach(id -> sizes.put(id, traces.size(id)));
    listeners.forEach(listener -> listener.tell(touched));
  }

  private static JournalPosition later(JournalPosition one, JournalPosition other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /// Says that the batch is in the store. Traces without an open run go, and so do those that the
  /// store knows more of: what arrives late for a run that had gone is the store's to show.
  public synchronized void loaded(Batch batch, SpanStore store) {
    for (String id : touched(batch)) {
      notLoaded.computeIfPresent(id, (_, seen) -> seen.compareTo(batch.upTo()) > 0 ? seen : null);
      if (!notLoaded.containsKey(id) && (!traces.open(id) || store.size(id) > traces.size(id))) {
        forget(id);
      } else if (!notLoaded.containsKey(id)) {
        traces.forgetBlobs(id);
      }
    }
    int held = sizes.values().stream().mapToInt(Integer::intValue).sum();
    Iterator<Map.Entry<String, Integer>> quietest = sizes.entrySet().iterator();
    while (held > SPANS_MAX && quietest.hasNext()) {
      Map.Entry<String, Integer> entry = quietest.next();
      if (!notLoaded.containsKey(entry.getKey())) {
        held -= entry.getValue();
        traces.forget(entry.getKey());
        quietest.remove();
      }
    }
  }

  /// Says that the store would not take these spans: what was shown of their traces is let go, and
  /// the store shows what they are.
  public synchronized void refused(List<SpanKey> spans) {
    spans.forEach(span -> forget(span.traceId()));
  }

  /// Puts an open trace of the store back, after a restart.
  synchronized void restore(List<Span> spans, List<Evaluation> evaluations) {
    Batch batch =
        new Batch(
            spans, evaluations, List.of(), List.of(), List.of(), List.of(), JournalPosition.START);
    traces.write(batch);
    touched(batch).forEach(id -> sizes.put(id, traces.size(id)));
  }

  /// Lets go of runs that have become abandoned; the loader calls it now and then.
  public synchronized void sweep() {
    List.copyOf(sizes.keySet()).stream()
        .filter(id -> !notLoaded.containsKey(id) && !traces.open(id))
        .forEach(this::forget);
  }

  private void forget(String id) {
    traces.forget(id);
    sizes.remove(id);
  }

  private static Set<String> touched(Batch batch) {
    Set<String> ids = new HashSet<>();
    batch.spans().forEach(span -> ids.add(span.key().traceId()));
    batch.moved().forEach(span -> ids.add(span.key().traceId()));
    batch.contents().forEach(content -> ids.add(content.span().traceId()));
    batch.evaluations().forEach(evaluation -> ids.add(evaluation.traceId()));
    return ids;
  }

  /// Tells a listener of changes until it is closed.
  public Subscription subscribe() {
    Listener listener = new Listener(listeners::remove);
    listeners.add(listener);
    return listener;
  }

  /// How many spans of the trace are held.
  int size(String traceId) {
    return traces.size(traceId);
  }

  /// What the tail holds at one moment.
  ///
  /// @param hits runs that match
  /// @param sizes spans of each trace that is held
  record Held(List<RunMatch.Hit> hits, Map<String, Integer> sizes) {}

  synchronized Held held(RunQuery query, RunMatch match) {
    return new Held(traces.hits(query, match), new HashMap<>(sizes));
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    return traces.runs(query);
  }

  @Override
  public Optional<Run> run(String id) {
    return traces.run(id);
  }

  @Override
  public List<Span> spans(String traceId) {
    return traces.spans(traceId);
  }

  @Override
  public List<Span> outline(String traceId) {
    return traces.outline(traceId);
  }

  @Override
  public List<Span> spans(String traceId, Set<String> spanIds) {
    return traces.spans(traceId, spanIds);
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    return traces.evaluations(traceId);
  }

  @Override
  public Optional<byte[]> content(Digest hash) {
    return traces.content(hash);
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    return traces.cost(query);
  }

  @Override
  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    return traces.tasks(query);
  }

  @Override
  public List<AgentActivity> activity(ActivityQuery query) {
    return traces.activity(query);
  }

  @Override
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    return traces.slices(query, count);
  }

  @Override
  public List<UsedPart> used(ActivityQuery query) {
    return traces.used(query);
  }
}
