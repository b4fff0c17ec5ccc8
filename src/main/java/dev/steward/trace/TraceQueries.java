// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.Digest;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be asked of traces. The span store answers for what is loaded, the live tail for what
/// is open or not loaded yet, and `MergedTraces` for both; the API and the console read only that.
public interface TraceQueries {

  /// @throws dev.steward.domain.ApiException MALFORMED when the cursor is not one of ours
  Page<Run> runs(RunQuery query);

  /// A run by its id; the id of a trace finds the first run in it.
  Optional<Run> run(String id);

  /// All spans of a trace in order of start, with their content.
  List<Span> spans(String traceId);

  /// All spans of a trace in order of start, in outline. Of a long trace that is a small part of
  /// `spans`.
  default List<Span> outline(String traceId) {
    return spans(traceId).stream().map(Span::outline).toList();
  }

  /// Some spans of a trace in order of start, with their content.
  default List<Span> spans(String traceId, Set<String> spanIds) {
    return spans(traceId).stream().filter(span -> spanIds.contains(span.key().spanId())).toList();
  }

  /// One span with its content.
  default Optional<Span> span(SpanKey key) {
    return spans(key.traceId(), Set.of(key.spanId())).stream().findFirst();
  }

  List<Evaluation> evaluations(String traceId);

  /// A stored message or body.
  Optional<byte[]> content(Digest hash);

  List<CostQuery.Row> cost(CostQuery query);

  /// What tasks cost, in groups of runs that started in the stretch of time.
  ///
  /// @throws IllegalArgumentException when it groups or filters by what a run has several of
  List<CostQuery.TaskRow> tasks(CostQuery query);

  /// What each agent did, by name; agents without a run are left out.
  List<AgentActivity> activity(ActivityQuery query);

  /// What each agent did in a stretch of time, everywhere.
  default List<AgentActivity> activity(Instant from, Instant to) {
    return activity(ActivityQuery.of(from, to));
  }

  /// What was done, in so many equal slices of the stretch, the oldest first; empty ones too.
  List<ActivitySlice> slices(ActivityQuery query, int count);

  /// What the runs have used, by kind and name.
  List<UsedPart> used(ActivityQuery query);
}
