// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.insight.watch.Unit;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Whether calls of a run were refused, or a person was asked, by what the gateway told. A trace is
/// read again only when something was added to its run.
final class RefusedCalls {
  private static final int RUNS_MAX = 50_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TraceQueries traces;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  private record Seen(int spans, Instant lastSeen, Set<Unit.Event> events) {}

  RefusedCalls(TraceQueries traces) {
    this.traces = traces;
  }

  Set<Unit.Event> of(Run run) {
    Seen before;
    synchronized (seen) {
      before = seen.get(run.id());
    }
    if (before != null && before.spans == run.spans() && before.lastSeen.equals(run.lastSeen())) {
      return before.events;
    }
    Set<Unit.Event> events = read(run);
    synchronized (seen) {
      seen.put(run.id(), new Seen(run.spans(), run.lastSeen(), events));
      if (seen.size() > RUNS_MAX) {
        seen.remove(seen.keySet().iterator().next());
      }
    }
    return events;
  }

  private Set<Unit.Event> read(Run run) {
    Set<Unit.Event> events = EnumSet.noneOf(Unit.Event.class);
    for (Span span : traces.outline(run.traceId())) {
      String agent = span.origin().agent();
      if (agent == null || agent.equals(run.agent())) {
        Enforced.of(span).ifPresent(told -> add(events, told, span));
      }
    }
    return events;
  }

  private static void add(Set<Unit.Event> events, Enforced told, Span span) {
    boolean asked =
        !JSON.readTree(span.raw().attributesJson())
            .path("steward.approval.id")
            .asString("")
            .isEmpty();
    for (Enforced.Proposal proposal : told.proposals()) {
      asked |= !proposal.approval().isEmpty() || proposal.decision().equals("require_approval");
    }
    if (told.denied() || told.heldBack() > 0) {
      events.add(Unit.Event.DENIAL);
    }
    if (asked) {
      events.add(Unit.Event.ESCALATION);
    }
  }
}
