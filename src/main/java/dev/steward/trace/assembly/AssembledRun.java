// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A run with what lists and sums need beside it.
///
/// @param run as its spans say, not yet judged by how long it has been silent
/// @param ended end of the run, or of its last span so far
/// @param firstSeen first receipt
public record AssembledRun(
    Run run,
    Instant ended,
    Instant firstSeen,
    Set<String> models,
    Set<String> tools,
    Set<String> sources,
    Set<String> services,
    List<CostLine> lines) {

  /// The run as it stands at the moment: abandoned when it has been silent for too long.
  public Run at(Instant now, Silence silence) {
    if (!silence.abandons(run.status(), run.lastSeen(), now)) {
      return run;
    }
    return new Run(
        run.id(),
        run.traceId(),
        run.rootSpanId(),
        run.agent(),
        run.registered(),
        run.version(),
        run.environment(),
        run.team(),
        run.workflow(),
        run.task(),
        run.conversation(),
        RunStatus.ABANDONED,
        run.outcome(),
        run.score(),
        run.startedAt(),
        ended,
        run.lastSeen(),
        run.spans(),
        run.steps(),
        run.modelCalls(),
        run.toolCalls(),
        run.errors(),
        run.inputTokens(),
        run.outputTokens(),
        run.cost(),
        run.title(),
        run.skewed());
  }
}
