// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The spans of one run, each call once, with what was said.
public final class RunSpans {
  private RunSpans() {}

  /// What was said in it; a run of too many spans is not read.
  public static Dialogue dialogue(Run run, TraceQueries traces) {
    return run.spans() > Dialogue.SPANS_MAX ? Dialogue.TOO_LONG : Dialogue.of(run, of(run, traces));
  }

  /// What was said in other runs of its trace is not loaded.
  static List<Span> of(Run run, TraceQueries traces) {
    List<Span> outline = traces.outline(run.traceId());
    Map<String, String> runs = RunAssembler.runsOf(outline);
    Set<String> ids = new HashSet<>();
    runs.forEach((span, of) -> {
      if (run.id().equals(of)) {
        ids.add(span);
      }
    });
    OneStep.pairs(outline)
        .forEach((agents, gateway) -> {
          String other = gateway.key().spanId();
          if (ids.contains(agents) || ids.contains(other)) {
            ids.add(agents);
            ids.add(other);
          }
        });
    return own(run, runs, traces.spans(run.traceId(), ids));
  }

  /// @param trace all spans of the run's trace, which may hold other runs
  public static List<Span> of(Run run, List<Span> trace) {
    return own(run, RunAssembler.runsOf(trace), trace);
  }

  private static List<Span> own(Run run, Map<String, String> runs, List<Span> spans) {
    return OneStep.of(spans).stream()
        .filter(span -> run.id().equals(runs.get(span.key().spanId())))
        .toList();
  }
}
