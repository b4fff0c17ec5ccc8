// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.domain.LastUsed;
import dev.steward.trace.Batch;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// What was told of runs that ended, or that began before the place up to which runs were read.
public final class LateTraces {
  /// Looking up more of them takes longer than to read all runs again.
  private static final int TRACES_MAX = 2_000;

  private static final int ENDED_MAX = 50_000;

  private final LastUsed<String, Boolean> ended = new LastUsed<>(ENDED_MAX);

  private Instant readTo = Instant.MAX;
  private Instant earliest = Instant.MAX;
  private Set<String> traces = new HashSet<>();
  private boolean over;

  /// @param traces to be looked up
  /// @param from place to read again from; `Instant.MAX` for none
  record Told(Set<String> traces, Instant from) {}

  /// Looks at what came in.
  public synchronized void see(Batch batch) {
    for (Span span : batch.spans()) {
      if (span.startedAt().isBefore(readTo) || ended.containsKey(span.key().traceId())) {
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

  /// A run of the trace was read as one that has ended; more may be told of it.
  synchronized void ended(String trace) {
    ended.put(trace, true);
  }

  /// What was told since this was asked last. Until `read` says how far runs were read everything
  /// that comes is noted.
  synchronized Told take() {
    boolean many = over || traces.size() >= TRACES_MAX;
    Told told = new Told(many ? Set.of() : traces, many ? earliest : Instant.MAX);
    traces = new HashSet<>();
    earliest = Instant.MAX;
    over = false;
    readTo = Instant.MAX;
    return told;
  }

  /// Runs are read up to a place.
  synchronized void read(Instant to) {
    readTo = to;
  }

  /// What was taken could not be looked up: it is told again.
  synchronized void again(Told told) {
    told.traces().forEach(trace -> add(trace, Instant.EPOCH));
    earliest = told.from().isBefore(earliest) ? told.from() : earliest;
    over |= told.traces().isEmpty() && told.from().isBefore(Instant.MAX);
  }

  private void add(String trace, Instant began) {
    earliest = began.isBefore(earliest) ? began : earliest;
    if (traces.size() < TRACES_MAX) {
      traces.add(trace);
    }
  }
}
