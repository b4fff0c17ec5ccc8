// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.server.api.Sight;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What of one trace a caller may see. Runs of several agents can share a trace, and who may see
/// one of them may not see the others: every span is judged by its own run.
final class TraceSight {
  private final List<Span> seen;
  private final Map<String, Run> runs;
  private final boolean allRead;

  private TraceSight(List<Span> seen, Map<String, Run> runs, boolean allRead) {
    this.seen = seen;
    this.runs = runs;
    this.allRead = allRead;
  }

  /// What a caller may see of the spans in outline.
  ///
  /// @param run the one that was asked for and may be seen
  static TraceSight outline(Run run, Sight sight, TraceQueries traces) {
    return of(run, sight, traces, traces.outline(run.traceId()));
  }

  /// What a caller may see of the spans with everything.
  ///
  /// @param run the one that was asked for and may be seen
  static TraceSight whole(Run run, Sight sight, TraceQueries traces) {
    return of(run, sight, traces, traces.spans(run.traceId()));
  }

  private static TraceSight of(Run run, Sight sight, TraceQueries traces, List<Span> spans) {
    Map<String, String> ids = RunAssembler.runsOf(spans);
    Map<String, Run> byId = new HashMap<>();
    byId.put(run.id(), run);
    for (String id : Set.copyOf(ids.values())) {
      byId.computeIfAbsent(id, i -> traces.run(i).filter(sight::sees).orElse(null));
    }
    Map<String, Run> bySpan = new HashMap<>();
    ids.forEach((span, id) -> bySpan.computeIfAbsent(span, _ -> byId.get(id)));
    return new TraceSight(
        spans.stream().filter(s -> bySpan.containsKey(s.key().spanId())).toList(),
        bySpan,
        byId.values().stream().allMatch(sight::readsContent));
  }

  /// Whether what was said may be read in all of the run's trace: words are searched for in whole
  /// traces, and finding a run by another's words would give them away.
  static boolean readsAll(Run run, Sight sight, TraceQueries traces) {
    if (!sight.readsContent(run) || run.id().equals(run.traceId()) || sight.read().isEmpty()) {
      return sight.readsContent(run);
    }
    for (String id : Set.copyOf(RunAssembler.runsOf(traces.outline(run.traceId())).values())) {
      if (traces.run(id).filter(sight::readsContent).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// In order of start.
  List<Span> seen() {
    return seen;
  }

  /// Judgements of the whole trace and of spans that are seen.
  List<Evaluation> seen(List<Evaluation> evaluations) {
    Set<String> ids = seen.stream().map(s -> s.key().spanId()).collect(Collectors.toSet());
    return evaluations.stream()
        .filter(e -> e.spanId() == null || ids.contains(e.spanId()))
        .toList();
  }

  /// The run of a span that is seen.
  Run runOf(Span span) {
    Run run = runs.get(span.key().spanId());
    if (run == null) {
      throw new IllegalArgumentException("not a span that is seen: " + span.key());
    }
    return run;
  }

  /// Whether what was said may be read in every run that is seen.
  boolean allRead() {
    return allRead;
  }
}
