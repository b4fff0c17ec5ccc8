// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Moving;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings together what the gateway and the agent tell of one model call in two traces: an agent
/// that exports spans need not pass its trace on with its calls. The two are one call when the same
/// agent's key and the same id of a response stand in both. The gateway's span goes to the agent's,
/// whichever came first.
final class GatewayCalls {
  static final int CALLS_MAX = 50_000;
  private static final int RECENT_MAX = 256;
  private static final long RECENT_CHARACTERS_MAX = 8_000_000;

  private final Function<SpanKey, Optional<Span>> past;
  private final Map<String, SpanKey> passed = new LinkedHashMap<>();
  private final Map<String, Span> told = new LinkedHashMap<>();
  private final Map<SpanKey, Span> recent = new LinkedHashMap<>();
  private long characters;

  /// @param past finds a span that was read before
  GatewayCalls(Function<SpanKey, Optional<Span>> past) {
    this.past = past;
  }

  /// The facts with what has to be told again in another place.
  synchronized Facts join(Facts facts) {
    List<Span> moved = new ArrayList<>();
    for (Span span : facts.spans()) {
      String call = call(span);
      if (call == null) {
        continue;
      }
      switch (span.raw().scopeName().startsWith(Teller.SCOPE) ? Teller.GATEWAY : Teller.AGENT) {
        case GATEWAY -> passed(call, span, moved);
        case AGENT -> told(call, span, moved);
        case GATEWAY_AT_WORK, MOVED -> {}
      }
    }
    return moved.isEmpty() ? facts : facts.moving(moved);
  }

  private void passed(String call, Span span, List<Span> moved) {
    Span agents = told.get(call);
    if (agents != null && !agents.key().traceId().equals(span.key().traceId())) {
      moved.addAll(Moving.below(agents, span));
      return;
    }
    passed.put(call, span.key());
    dropEldest(passed);
    keep(span);
  }

  private void told(String call, Span span, List<Span> moved) {
    Span outline = span.outline();
    told.putIfAbsent(call, outline);
    dropEldest(told);
    SpanKey gateways = passed.get(call);
    if (gateways == null || gateways.traceId().equals(span.key().traceId())) {
      return;
    }
    Span recently = recent.get(gateways);
    Optional<Span> found = recently == null ? past.apply(gateways) : Optional.of(recently);
    if (found.isPresent()) {
      passed.remove(call);
      moved.addAll(Moving.below(span, found.get()));
    }
  }

  /// Who called and what was answered, null for what is no answered call of a known sender.
  private static @Nullable String call(Span span) {
    boolean calls = span.kind() == SpanKind.MODEL || span.kind() == SpanKind.EMBEDDING;
    String response = span.model() == null ? null : span.model().responseId();
    String sender = span.origin().sender();
    return !calls || response == null || sender == null ? null : sender + "\n" + response;
  }

  private void keep(Span span) {
    recent.put(span.key(), span);
    characters += length(span);
    Iterator<Span> eldest = recent.values().iterator();
    while (recent.size() > RECENT_MAX || characters > RECENT_CHARACTERS_MAX) {
      characters -= length(eldest.next());
      eldest.remove();
    }
  }

  private static long length(Span span) {
    long length = 0;
    for (Message message : span.content().input()) {
      length += message.json().length();
    }
    return length;
  }

  private static <V> void dropEldest(Map<String, V> map) {
    if (map.size() > CALLS_MAX) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
