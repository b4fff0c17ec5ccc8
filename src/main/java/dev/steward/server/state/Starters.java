// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.state;

import dev.steward.domain.SpanKind;
import dev.steward.gateway.approval.RunStarters;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.RunUsers;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.span.Span;
import java.util.HashSet;
import java.util.Set;

/// Who started runs: as agents say with their calls, and in the spans that they have sent of the
/// same trace.
public final class Starters implements RunStarters {
  /// Spans that are read: agents, and whatever came first.
  private static final int SPANS_MAX = 50;

  private final RunUsers users;
  private final TraceQueries traces;

  public Starters(RunUsers users, TraceQueries traces) {
    this.users = users;
    this.traces = traces;
  }

  @Override
  public Set<String> of(String agent, Place place) {
    Set<String> found = new HashSet<>(users.of(agent, place.run()));
    Set<String> read = new HashSet<>();
    for (Span span : traces.outline(place.traceId())) {
      String sender = span.origin().sender();
      boolean told = sender == null || sender.equals(agent);
      if (told && read.size() < SPANS_MAX && (read.isEmpty() || tells(span))) {
        read.add(span.key().spanId());
      }
    }
    for (Span span : traces.spans(place.traceId(), read)) {
      String user = span.origin().user();
      if (user != null && !user.isBlank()) {
        found.add(user);
      }
    }
    return found;
  }

  private static boolean tells(Span span) {
    return !span.teller().gateway()
        && (span.kind() == SpanKind.AGENT
            || span.kind() == SpanKind.MODEL
            || span.parentSpanId() == null);
  }
}
