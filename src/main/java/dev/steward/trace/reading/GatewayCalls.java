// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.gateway.AnsweredCall;
import dev.steward.trace.gateway.Moving;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings together what the gateway and the agent tell of one model call in two traces: an agent
/// that exports spans need not pass its trace on with its calls. The two are one call when the same
/// agent's key and the same id of a response stand in both. The gateway's span goes to the agent's,
/// whichever came first.
final class GatewayCalls {
  static final int CALLS_MAX = 50_000;
  private final RecentSpans recent;
  private final Map<String, SpanKey> passed = new LinkedHashMap<>();
  private final Map<String, SpanKey> told = new LinkedHashMap<>();

  GatewayCalls(RecentSpans recent) {
    this.recent = recent;
  }

  /// Learns of calls that were read before this process began.
  synchronized void remember(List<AnsweredCall> calls) {
    for (AnsweredCall call : calls) {
      Map<String, SpanKey> known = call.byGateway() ? passed : told;
      known.putIfAbsent(name(call), call.span());
      dropEldest(known);
    }
  }

  /// The facts with what has to be told again in another place.
  synchronized Facts join(Facts facts) {
    List<Span> moved = new ArrayList<>();
    for (Span span : facts.spans()) {
      AnsweredCall call = AnsweredCall.of(span).orElse(null);
      if (call != null && call.byGateway()) {
        passed(name(call), span, moved);
      } else if (call != null) {
        told(name(call), span.key(), moved);
      }
    }
    return facts.moving(moved);
  }

  private static String name(AnsweredCall call) {
    return call.sender() + "\n" + call.response();
  }

  private void passed(String call, Span span, List<Span> moved) {
    SpanKey agents = told.get(call);
    if (agents != null && !agents.traceId().equals(span.key().traceId())) {
      moved.addAll(Moving.below(agents, span));
      return;
    }
    passed.put(call, span.key());
    dropEldest(passed);
    recent.keep(span);
  }

  private void told(String call, SpanKey span, List<Span> moved) {
    told.putIfAbsent(call, span);
    dropEldest(told);
    SpanKey gateways = passed.get(call);
    if (gateways == null || gateways.traceId().equals(span.traceId())) {
      return;
    }
    Optional<Span> found = recent.find(gateways);
    if (found.isPresent()) {
      passed.remove(call);
      moved.addAll(Moving.below(span, found.get()));
    }
  }

  private static <V> void dropEldest(Map<String, V> map) {
    if (map.size() > CALLS_MAX) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
