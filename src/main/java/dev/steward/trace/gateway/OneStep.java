// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SameTool;
import dev.steward.trace.graph.ToldCalls;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes one step of what an agent and our gateway tell of the same call of a model or a tool. It
/// stays in the agent's place; usage, cost and what was decided are the gateway's.
public final class OneStep {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OURS = "steward.";
  private static final String WHY = "steward.why";

  private OneStep() {}

  /// The spans of a trace with each call once, and without what stands in another trace by now.
  public static List<Span> of(Collection<Span> spans) {
    Map<String, Span> gateways = pairs(spans);
    Map<String, String> homes = new HashMap<>();
    gateways.forEach((agents, gateway) -> homes.put(gateway.key().spanId(), agents));
    List<Span> steps = new ArrayList<>(spans.size());
    for (Span span : spans) {
      Span gateway = gateways.get(span.key().spanId());
      if (gateway != null) {
        steps.add(pointing(merged(span, gateway), homes));
      } else if (span.teller() != Teller.MOVED && !homes.containsKey(span.key().spanId())) {
        steps.add(pointing(span, homes));
      }
    }
    return steps;
  }

  /// The step with the model step that proposed it where that is found by now.
  private static Span pointing(Span span, Map<String, String> homes) {
    if (homes.isEmpty() || span.kind() != SpanKind.TOOL || !span.teller().gateway()) {
      return span;
    }
    ObjectNode attributes = (ObjectNode) JSON.readTree(span.raw().attributesJson());
    String home = homes.get(attributes.path(WHY).asString(""));
    return home == null
        ? span
        : with(span, span.raw().saying(attributes.put(WHY, home).toString()));
  }

  private static Span with(Span span, Raw raw) {
    return new Span(
        span.key(),
        span.parentSpanId(),
        span.kind(),
        span.name(),
        span.status(),
        span.error(),
        span.startedAt(),
        span.endedAt(),
        span.received(),
        span.origin(),
        span.model(),
        span.tool(),
        span.content(),
        span.usage(),
        span.cost(),
        span.charges(),
        raw,
        span.digest());
  }

  /// For each of the agent's spans that our gateway tells of too, by its id, what that tells.
  public static Map<String, Span> pairs(Collection<Span> spans) {
    Map<String, Span> byId = new HashMap<>();
    Map<String, Span> byResponse = new HashMap<>();
    List<Span> gateways = new ArrayList<>();
    for (Span span : spans) {
      byId.put(span.key().spanId(), span);
      if (calls(span) && span.teller().gateway()) {
        gateways.add(span);
      } else if (calls(span) && responseId(span) != null) {
        byResponse.merge(
            String.valueOf(responseId(span)),
            span,
            (one, other) -> one.startedAt().isAfter(other.startedAt()) ? one : other);
      }
    }
    Map<String, Span> pairs = new LinkedHashMap<>();
    for (Span gateway : gateways) {
      Span agents = agents(gateway, byId, byResponse);
      if (agents != null) {
        pairs.merge(agents.key().spanId(), gateway, (one, other) -> nearer(agents, one, other));
      }
    }
    tools(spans, byId, pairs);
    return pairs;
  }

  private static void tools(
      Collection<Span> spans, Map<String, Span> byId, Map<String, Span> pairs) {
    List<SameTool.Telling> tellings = new ArrayList<>(spans.size());
    for (Span span : spans) {
      tellings.add(telling(span));
    }
    SameTool.pairs(tellings)
        .forEach((gateways, agents) -> {
          Span gateway = byId.get(gateways);
          if (gateway != null) {
            // Of several calls in one of the agent's the last says how it ended.
            pairs.merge(
                agents,
                gateway,
                (one, other) -> one.startedAt().isAfter(other.startedAt()) ? one : other);
          }
        });
  }

  private static SameTool.Telling telling(Span span) {
    return new SameTool.Telling(
        span.key().spanId(),
        span.parentSpanId(),
        span.kind(),
        span.tool(),
        span.teller().gateway(),
        span.origin().sender(),
        span.startedAt(),
        span.endedAt());
  }

  private static @Nullable Span agents(
      Span gateway, Map<String, Span> byId, Map<String, Span> byResponse) {
    String response = responseId(gateway);
    Span same = response == null ? null : byResponse.get(response);
    if (same != null
        && (same.origin().sender() == null
            || Objects.equals(same.origin().sender(), gateway.origin().sender()))) {
      return same;
    }
    Span above = gateway;
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      above = above.parentSpanId() == null ? null : byId.get(above.parentSpanId());
      if (above != null && !ToldCalls.passage(above.kind())) {
        return calls(above) && !above.teller().gateway() ? above : null;
      }
    }
    return null;
  }

  /// Of several calls for one of the agent's, which are tries of its library, the one that gave its
  /// answer, else the last.
  private static Span nearer(Span agents, Span one, Span other) {
    String wanted = responseId(agents);
    if (wanted != null && wanted.equals(responseId(one))) {
      return one;
    }
    if (wanted != null && wanted.equals(responseId(other))) {
      return other;
    }
    return one.startedAt().isAfter(other.startedAt()) ? one : other;
  }

  private static boolean calls(Span span) {
    return span.kind() == SpanKind.MODEL || span.kind() == SpanKind.EMBEDDING;
  }

  private static @Nullable String responseId(Span span) {
    return span.model() == null ? null : span.model().responseId();
  }

  /// The agent's span with what the gateway knows better.
  public static Span merged(Span agents, Span gateway) {
    boolean failed = gateway.status() == Span.Status.ERROR;
    boolean agentsUsage = gateway.usage() == null && agents.usage() != null;
    Content said = agents.content();
    boolean silent =
        said.input().isEmpty()
            && said.output().isEmpty()
            && said.arguments() == null
            && said.result() == null;
    return new Span(
        agents.key(),
        agents.parentSpanId(),
        agents.kind(),
        agents.name(),
        failed ? gateway.status() : agents.status(),
        failed ? gateway.error() : agents.error(),
        agents.startedAt(),
        agents.endedAt(),
        agents.received(),
        agents.origin(),
        model(agents.model(), gateway.model()),
        tool(agents.tool(), gateway.tool()),
        silent ? gateway.content() : said,
        agentsUsage ? agents.usage() : gateway.usage(),
        agentsUsage ? agents.cost() : gateway.cost(),
        both(agents.charges(), gateway.charges()),
        raw(agents.raw(), gateway.raw()),
        agents.digest());
  }

  private static @Nullable ModelFacts model(
      @Nullable ModelFacts agents, @Nullable ModelFacts gateway) {
    return gateway == null || (gateway.responseModel() == null && agents != null)
        ? agents
        : gateway;
  }

  /// The gateway knows which server it was.
  private static @Nullable ToolFacts tool(@Nullable ToolFacts agents, @Nullable ToolFacts gateway) {
    if (agents == null || gateway == null) {
      return agents;
    }
    return new ToolFacts(
        gateway.name(),
        gateway.server(),
        agents.callId() == null ? gateway.callId() : agents.callId(),
        gateway.type());
  }

  private static <T> List<T> both(List<T> some, List<T> others) {
    List<T> both = new ArrayList<>(some);
    both.addAll(others);
    return both;
  }

  private static Raw raw(Raw agents, Raw gateway) {
    ObjectNode attributes = JSON.createObjectNode();
    put(agents.attributesJson(), false, attributes);
    put(gateway.attributesJson(), true, attributes);
    return new Raw(
        attributes.toString(),
        agents.resourceJson(),
        Teller.SCOPE,
        "",
        agents.otelKind(),
        agents.traceState(),
        agents.events(),
        agents.links(),
        agents.dialect());
  }

  /// @param ours whether to take what only our gateway may say, or all but that
  private static void put(String json, boolean ours, ObjectNode to) {
    JsonNode written = JSON.readTree(json);
    for (Map.Entry<String, JsonNode> attribute : written.properties()) {
      if (attribute.getKey().startsWith(OURS) == ours) {
        to.set(attribute.getKey(), attribute.getValue());
      }
    }
  }
}
