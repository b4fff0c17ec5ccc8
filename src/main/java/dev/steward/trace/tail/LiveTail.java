// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.Digest;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.SpanStore;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Open runs and what is not loaded yet, in memory, for queries and live pages.
public final class LiveTail implements TraceQueries {
  private final InMemorySpanStore traces;

  public LiveTail(AgentDirectory directory, Silence silence, InstantSource clock) {
    this.traces = new InMemorySpanStore(directory, silence, clock);
  }

  /// Shows what a batch says at once; the loader calls it before the batch is in the store.
  public void see(Batch batch) {
    traces.write(batch);
  }

  /// Says that the batch is in the store, so that closed runs may go from here.
  public void loaded(Batch batch, SpanStore store) {
    throw new UnsupportedOperationException(batch.toString() + store);
  }

  /// Tells a listener of changes until it is closed.
  public Subscription subscribe() {
    throw new UnsupportedOperationException();
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
  public List<AgentActivity> activity(Instant from, Instant to) {
    return traces.activity(from, to);
  }
}
