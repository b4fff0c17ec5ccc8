// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.trace.Batch;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// What was told of runs that ended, or began before the place up to which runs were read.
public final class LateTraces {
  /// Looking up more of them takes longer than to read all runs again.
  private static final int TRACES_MAX = 2_000;

  private Instant readTo = Instant.MAX;
  private Instant earliest = Instant.MAX;
  private Set<String> traces = new HashSet<>();

  /// @param traces to be looked up
  /// @param from place to read again from; `Instant.MAX` for none
  record Told(Set<String> traces, Instant from) {}

  /// Looks at what came in.
  public synchronized void see(Batch batch) {
    for (Span span : batch.spans()) {
      if (span.startedAt().isBefore(readTo)) {
        add(span.key().traceId(), span.startedAt());
      }
    }
    for (Evaluation evaluation : batch.evaluations()) {
      if (evaluation.placed()) {
        // When its run began is not known here.
        add(evaluation.traceId(), Instant.EPOCH);
      }
    }
  }

  /// What was told since this was asked last, when runs are read up to a place.
  synchronized Told take(Instant to) {
    boolean many = traces.size() >= TRACES_MAX;
    Told told = new Told(many ? Set.of() : traces, many ? earliest : Instant.MAX);
    traces = new HashSet<>();
    earliest = Instant.MAX;
    readTo = to;
    return told;
  }

  private void add(String trace, Instant began) {
    earliest = began.isBefore(earliest) ? began : earliest;
    if (traces.size() < TRACES_MAX) {
      traces.add(trace);
    }
  }
}
