// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.AgentDirectory;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Turns all spans of one trace into its runs.
public final class RunAssembler {
  private final AgentDirectory directory;
  private final Silence silence;

  public RunAssembler(AgentDirectory directory, Silence silence) {
    this.directory = directory;
    this.silence = silence;
  }

  /// The runs of one trace in order of start; never empty when there is a span.
  public List<Run> assemble(
      Collection<Span> spans, Collection<Evaluation> evaluations, Instant now) {
    throw new UnsupportedOperationException(directory + " " + silence);
  }
}
