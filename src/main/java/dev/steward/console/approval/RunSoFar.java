// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.Told;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.format.Figures;
import dev.steward.console.run.StepView;
import dev.steward.console.web.Reader;
import dev.steward.control.approval.Approval;
import dev.steward.control.state.State;
import dev.steward.domain.Percent;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The latest steps of the run that a call was asked about in, so that who answers sees what led to
/// it without leaving the page.
///
/// @param words why there are none, or how many came before them; "" where all are shown
/// @param href of the run, "" where none is known
public record RunSoFar(String words, String href, List<StepView> steps) {
  private static final int STEPS = 8;

  public RunSoFar {
    steps = List.copyOf(steps);
  }

  /// @param traces as far as the reader may see them
  static RunSoFar of(Approval approval, State state, TraceQueries traces, Reader reader) {
    Optional<Run> found = run(approval, traces);
    if (found.isEmpty()) {
      return new RunSoFar("Nothing of its run is recorded yet.", "", List.of());
    }
    Run run = found.get();
    String href = "/runs/" + Percent.encoded(run.id());
    if (!reader.readsContent(run)) {
      return new RunSoFar("You may not read what was said.", href, List.of());
    }
    Told told = RunSpans.told(run, RunSpans.read(run, traces), ToolEffects.of(state), true, traces);
    int before = Math.max(0, told.size() - STEPS);
    List<StepView> steps = new ArrayList<>();
    told.steps(before, STEPS).forEach(step -> steps.add(new StepView(step, href)));
    return new RunSoFar(
        before == 0 ? "" : Figures.of(before, "step", "steps") + " before these", href, steps);
  }

  /// The run that the call names, else the one of its trace.
  private static Optional<Run> run(Approval approval, TraceQueries traces) {
    String named = approval.call().run();
    return Optional.of(named)
        .filter(id -> !id.isEmpty())
        .flatMap(traces::run)
        .or(() -> traces.run(approval.question().traceId()))
        .filter(run -> run.agent().equals(approval.call().agent()));
  }
}
