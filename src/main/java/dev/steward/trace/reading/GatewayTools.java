// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.gateway.Moving;
import dev.steward.trace.gateway.ToldTool;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings together what the gateway and the agent tell of one tool call in two traces. The two are
/// one call when the same agent's key and tool stand in both, no run that both say differs, and
/// they have the model's id of the call in common, else the run and the arguments, else the
/// arguments, else their time. Each telling is one of a pair only, the eldest first, since
/// providers give an id to more than one call. The gateway's span goes to the agent's.
final class GatewayTools {
  private static final int SCOPES_MAX = 4_096;
  private static final int PER_SCOPE_MAX = 512;
  private static final int MET_MAX = 20_000;

  /// How far apart the two may come.
  private static final Duration APART_MAX = Duration.ofHours(1);

  /// Clocks of an agent and of this server may differ.
  private static final Duration SKEW_MAX = Duration.ofSeconds(2);

  private final RecentSpans recent;
  private final Set<SpanKey> met = new LinkedHashSet<>();
  private final Map<String, Deque<ToldTool>> waiting = new LinkedHashMap<>(64, 0.75f, true);

  GatewayTools(RecentSpans recent) {
    this.recent = recent;
  }

  /// The facts with what has to be told again in another place.
  synchronized Facts join(Facts facts) {
    List<Span> moved = new ArrayList<>();
    for (Span span : facts.spans()) {
      ToldTool told = ToldTool.of(span).orElse(null);
      if (told != null && !met.contains(told.span())) {
        tell(told, span, moved);
      }
    }
    return facts.moving(moved);
  }

  private void tell(ToldTool told, Span span, List<Span> moved) {
    Deque<ToldTool> others =
        waiting.computeIfAbsent(told.sender() + "\n" + told.tool(), _ -> new ArrayDeque<>());
    if (others.removeIf(other -> other.span().equals(told.span()))) {
      // a newer version of the same span
      others.add(told);
      return;
    }
    ToldTool other = best(told, others);
    if (other == null) {
      wait(told, span, others);
      return;
    }
    others.remove(other);
    meet(told.span());
    meet(other.span());
    ToldTool agents = told.byGateway() ? other : told;
    ToldTool gateways = told.byGateway() ? told : other;
    if (agents.span().traceId().equals(gateways.span().traceId())) {
      return;
    }
    Optional<Span> found = told.byGateway() ? Optional.of(span) : recent.find(gateways.span());
    found.ifPresent(gateway -> moved.addAll(Moving.below(agents.span(), gateway)));
  }

  /// What comes again later is not taken for another call.
  private void meet(SpanKey span) {
    met.add(span);
    if (met.size() > MET_MAX) {
      met.remove(met.iterator().next());
    }
  }

  private void wait(ToldTool told, Span span, Deque<ToldTool> others) {
    others.add(told);
    if (others.size() > PER_SCOPE_MAX) {
      others.removeFirst();
    }
    if (told.byGateway()) {
      recent.keep(span);
    }
    Iterator<String> eldest = waiting.keySet().iterator();
    while (waiting.size() > SCOPES_MAX) {
      eldest.next();
      eldest.remove();
    }
  }

  private static @Nullable ToldTool best(ToldTool told, Deque<ToldTool> others) {
    ToldTool best = null;
    int most = 0;
    for (ToldTool other : others) {
      int rank = told.byGateway() ? rank(other, told) : rank(told, other);
      if (other.byGateway() != told.byGateway() && rank > most) {
        best = other;
        most = rank;
      }
    }
    return best;
  }

  /// How surely the two tell of one call, 0 where they do not.
  private static int rank(ToldTool agents, ToldTool gateways) {
    boolean bothRuns = !agents.run().isEmpty() && !gateways.run().isEmpty();
    boolean bothIds = !agents.callId().isEmpty() && !gateways.callId().isEmpty();
    boolean bothArguments = agents.arguments() != 0 && gateways.arguments() != 0;
    boolean apart =
        Duration.between(agents.received(), gateways.received()).abs().compareTo(APART_MAX) > 0;
    if (apart
        || (bothRuns && !agents.run().equals(gateways.run()))
        || (bothIds && !agents.callId().equals(gateways.callId()))) {
      return 0;
    }
    boolean sameArguments = bothArguments && agents.arguments() == gateways.arguments();
    int trace = agents.span().traceId().equals(gateways.span().traceId()) ? 10 : 0;
    if (bothIds) {
      return trace + (sameArguments ? 6 : 5);
    }
    if (bothArguments) {
      return sameArguments ? trace + (bothRuns ? 4 : 3) : 0;
    }
    if (bothRuns) {
      return trace + (holds(agents, gateways) ? 3 : 2);
    }
    return holds(agents, gateways) ? trace + 1 : 0;
  }

  private static boolean holds(ToldTool agents, ToldTool gateways) {
    return !gateways.started().isBefore(agents.started().minus(SKEW_MAX))
        && !gateways.ended().isAfter(agents.ended().plus(SKEW_MAX));
  }
}
