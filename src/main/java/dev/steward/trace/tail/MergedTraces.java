// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.domain.Digest;
import dev.steward.trace.SpanStore;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tail and store as one. Until the store is attached the tail answers alone.
public final class MergedTraces implements TraceQueries {
  private final LiveTail tail;
  private volatile @org.jspecify.annotations.Nullable SpanStore store;

  public MergedTraces(LiveTail tail) {
    this.tail = tail;
  }

  /// Puts history behind the tail, and its open runs into the tail.
  public void attach(SpanStore history) {
    store = history;
  }

  /// Whether history is there; pages say so when it is not.
  public boolean attached() {
    return store != null;
  }

  @Override
  public Page<Run> runs(RunQuery query) {
    return tail.runs(query);
  }

  @Override
  public Optional<Run> run(String id) {
    return tail.run(id);
  }

  @Override
  public List<Span> spans(String traceId) {
    return tail.spans(traceId);
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    return tail.evaluations(traceId);
  }

  @Override
  public Optional<byte[]> content(Digest hash) {
    return tail.content(hash);
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    return tail.cost(query);
  }

  @Override
  public List<AgentActivity> activity(Instant from, Instant to) {
    return tail.activity(from, to);
  }
}
