// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.effect;

import dev.steward.domain.SpanKind;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import dev.steward.trace.effect.RunEffect.Compensation;
import dev.steward.trace.effect.RunEffect.Outcome;
import dev.steward.trace.effect.RunEffect.Passage;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The effects of a run, by the spans of its tool calls and what is declared of their tools. A call
/// that policy or a person stopped had none.
///
/// @param effects in order of time
/// @param unknown how many calls are of a tool whose effect nobody declared
public record RunEffects(List<RunEffect> effects, int unknown) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public RunEffects {
    effects = List.copyOf(effects);
  }

  /// A tool as it is declared.
  private record Known(ToolServer server, Tool tool) {}

  /// @param spans of the run, those of tools with what was said
  public static RunEffects of(Collection<Span> spans, Collection<ToolServer> servers) {
    Map<String, Span> byId = new HashMap<>();
    List<Span> calls = new ArrayList<>();
    for (Span span : OneStep.of(spans)) {
      byId.put(span.key().spanId(), span);
      if (span.kind() == SpanKind.TOOL && span.tool() != null) {
        calls.add(span);
      }
    }
    calls.sort(Comparator.comparing(Span::startedAt));
    Set<Span> told = toldTwice(calls, byId);
    List<RunEffect> effects = new ArrayList<>();
    List<RunEffect> done = new ArrayList<>();
    int unknown = 0;
    for (Span call : calls) {
      if (told.contains(call) || refused(call)) {
        continue;
      }
      Optional<Known> known = known(call, servers);
      Optional<Effect> effect = effect(call, known);
      if (effect.isEmpty()) {
        unknown++;
      } else {
        RunEffect made = made(call, known, effect.get());
        done.add(made);
        if (effect.get() != Effect.READ) {
          effects.add(made);
        }
      }
    }
    return new RunEffects(Compensations.found(effects, done), unknown);
  }

  private static RunEffect made(Span call, Optional<Known> known, Effect effect) {
    JsonNode ours = attributes(call);
    boolean gateway = call.teller().gateway();
    Passage passage =
        gateway
            ? Passage.GATEWAY
            : known.isPresent() && known.get().server().reachable()
                ? Passage.UNGOVERNED
                : Passage.LOCAL;
    return new RunEffect(
        call,
        known.map(k -> k.server().name()).orElse(""),
        facts(call).name(),
        effect,
        passage,
        call.status() == Span.Status.ERROR ? Outcome.FAILED : Outcome.DONE,
        known.map(k -> k.tool().compensatedBy()).orElse(""),
        Compensation.NONE,
        "",
        ours.path("steward.why").asString(""),
        gateway && ours.path("steward.unattributed").asBoolean(false));
  }

  /// Tellings of calls that an outer span tells of too.
  private static Set<Span> toldTwice(List<Span> calls, Map<String, Span> byId) {
    Set<Span> twice = new HashSet<>();
    for (Span call : calls) {
      Span above = toolAbove(call, byId);
      if (above != null && facts(above).own().equals(facts(call).own())) {
        // The gateway knows best what was done, wherever it stands.
        twice.add(call.teller().gateway() && !above.teller().gateway() ? above : call);
      }
    }
    return twice;
  }

  private static @Nullable Span toolAbove(Span span, Map<String, Span> byId) {
    Span above = span.parentSpanId() == null ? null : byId.get(span.parentSpanId());
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      if (above.kind() == SpanKind.TOOL && above.tool() != null) {
        return above;
      }
      above = above.parentSpanId() == null ? null : byId.get(above.parentSpanId());
    }
    return null;
  }

  /// Whether its server never got it. An allowed call may have been turned away later, by a rate or
  /// a server that is full, and one that a kill ended may have been sent before.
  private static boolean refused(Span call) {
    JsonNode ours = attributes(call);
    boolean denied = !ours.path("steward.decision").asString("allow").equals("allow");
    return call.teller().gateway() && !ours.path("steward.sent").asBoolean(!denied);
  }

  private static Optional<Effect> effect(Span call, Optional<Known> known) {
    Optional<Effect> then = Effect.of(attributes(call).path("steward.effect").asString(""));
    return call.teller().gateway() && then.isPresent()
        ? then
        : known.flatMap(k -> Effect.of(k.tool().effect()));
  }

  /// The tool that a call means: of the server that its span names, else the only one of its name.
  private static Optional<Known> known(Span call, Collection<ToolServer> servers) {
    ToolFacts facts = facts(call);
    List<Known> found = new ArrayList<>();
    for (ToolServer server : servers) {
      boolean named = facts.server() == null || facts.server().equals(server.name());
      for (Tool tool : server.tools()) {
        boolean whole = facts.name().equals(server.name() + "__" + tool.name());
        if (whole || (named && tool.name().equals(facts.name()))) {
          found.add(new Known(server, tool));
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static ToolFacts facts(Span call) {
    ToolFacts facts = call.tool();
    if (facts == null) {
      throw new IllegalArgumentException("not a call of a tool: " + call.key());
    }
    return facts;
  }

  private static JsonNode attributes(Span call) {
    return JSON.readTree(call.raw().attributesJson());
  }
}
