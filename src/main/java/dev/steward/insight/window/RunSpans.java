// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.List;
import java.util.Map;

/// The spans of one run, each call once, with what was said.
public final class RunSpans {
  private RunSpans() {}

  /// What was said in it; a run of too many spans is not read.
  public static Dialogue dialogue(Run run, TraceQueries traces) {
    return run.spans() > Dialogue.SPANS_MAX ? Dialogue.TOO_LONG : Dialogue.of(run, of(run, traces));
  }

  static List<Span> of(Run run, TraceQueries traces) {
    return of(run, traces.spans(run.traceId()));
  }

  /// @param trace all spans of the run's trace, which may hold other runs
  public static List<Span> of(Run run, List<Span> trace) {
    Map<String, String> runs = RunAssembler.runsOf(trace);
    return OneStep.of(trace).stream()
        .filter(span -> run.id().equals(runs.get(span.key().spanId())))
        .toList();
  }
}
