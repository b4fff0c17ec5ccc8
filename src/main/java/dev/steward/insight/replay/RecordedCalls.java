// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.control.state.State;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Reads the tool calls of the runs that began since some moment, the newest runs first, within
/// limits.
public final class RecordedCalls {
  private static final int PAGE = 200;

  private final TraceQueries traces;
  private final State state;
  private final InstantSource clock;
  private final Limits limits;

  /// @param state from whose history labels, workflows and versions of agents come
  public RecordedCalls(TraceQueries traces, State state, InstantSource clock, Limits limits) {
    this.traces = traces;
    this.state = state;
    this.clock = clock;
    this.limits = limits;
  }

  /// How much is read at most.
  ///
  /// @param traces that are opened
  /// @param time after which no further trace is opened
  public record Limits(int traces, int calls, Duration time) {
    public static final Limits USUAL = new Limits(2_000, 20_000, Duration.ofSeconds(15));
  }

  /// How far a reading came.
  ///
  /// @param runs that were looked at
  /// @param since start of the oldest of them, or the moment that was asked for where nothing was
  ///   left out
  /// @param cut why older runs were left out, "" where none were
  public record Reading(int runs, int calls, Instant since, String cut) {}

  /// Gives every call to the taker, those of one trace in order of their start.
  public Reading each(Instant from, Consumer<RecordedCall> taker) {
    Instant end = clock.instant().plus(limits.time());
    RunQuery query = RunQueryDraft.runs().from(from).descending().limit(PAGE).build();
    Set<String> opened = new HashSet<>();
    AgentsThen agents = new AgentsThen(state);
    Instant since = clock.instant();
    int runs = 0;
    int calls = 0;
    while (true) {
      Page<Run> page = traces.runs(query);
      for (Run run : page.items()) {
        String cut = run.toolCalls() == 0 ? "" : cut(opened.size(), calls, end);
        if (!cut.isEmpty()) {
          return new Reading(runs, calls, since, cut);
        }
        runs++;
        since = run.startedAt();
        if (run.toolCalls() > 0 && opened.add(run.traceId())) {
          calls += open(run, from, agents, limits.calls() - calls, taker);
        }
      }
      if (page.next() == null) {
        return new Reading(runs, calls, from, "");
      }
      query = query.behind(page.next());
    }
  }

  private int open(
      Run run, Instant from, AgentsThen agents, int most, Consumer<RecordedCall> taker) {
    List<Span> outline = traces.outline(run.traceId());
    List<Span> told = new ToolTellings(outline).calls();
    Set<String> ids = new HashSet<>();
    told.forEach(span -> ids.add(span.key().spanId()));
    List<Span> whole = traces.spans(run.traceId(), ids);
    List<RecordedCall> calls =
        new TraceReplay(traces, state, agents, run).calls(outline, told, whole);
    int given = 0;
    for (RecordedCall call : calls) {
      if (given < most && !call.at().isBefore(from)) {
        taker.accept(call);
        given++;
      }
    }
    return given;
  }

  private String cut(int opened, int calls, Instant end) {
    if (calls >= limits.calls()) {
      return limits.calls() + " calls were looked at, which is the most";
    }
    if (opened >= limits.traces()) {
      return limits.traces() + " traces with tool calls were looked at, which is the most";
    }
    return clock.instant().isAfter(end)
        ? "looking took longer than " + limits.time().toSeconds() + " s"
        : "";
  }
}
