// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which spans of an agent and of our gateway tell of one tool call, within a trace: one stands
/// below the other; else the id that the model gave is the same, or where one of them has none the
/// agent's telling holds the gateway's in time. So each of the agent's is one of the gateway's.
public final class SameTool {
  private SameTool() {}

  /// One span.
  ///
  /// @param gateway whether our gateway tells of it
  /// @param sender the agent whose key it came with, null without one
  public record Telling(
      String id,
      @Nullable String parent,
      SpanKind kind,
      @Nullable ToolFacts tool,
      boolean gateway,
      @Nullable String sender,
      Instant started,
      Instant ended) {
    boolean ofTool() {
      return kind == SpanKind.TOOL && tool != null;
    }
  }

  /// The id of the agent's span for each of the gateway's that tells of the same call, by its id.
  ///
  /// @param tellings all of one trace, in any order
  public static Map<String, String> pairs(List<Telling> tellings) {
    Map<String, Telling> byId = new HashMap<>();
    List<Telling> gateways = new ArrayList<>();
    for (Telling telling : tellings) {
      byId.put(telling.id(), telling);
      if (telling.ofTool() && telling.gateway()) {
        gateways.add(telling);
      }
    }
    if (gateways.isEmpty()) {
      return Map.of();
    }
    gateways.sort(Comparator.comparing(Telling::started).thenComparing(Telling::id));
    List<Telling> agents = topmost(tellings, byId);
    Map<String, String> pairs = new LinkedHashMap<>();
    Set<String> met = new HashSet<>();
    for (Telling gateway : gateways) {
      Telling above = above(gateway, byId);
      if (above != null && !above.gateway() && same(above, gateway)) {
        pairs.put(gateway.id(), above.id());
        met.add(top(above, byId).id());
      }
    }
    for (Telling gateway : gateways) {
      Telling agent = pairs.containsKey(gateway.id()) ? null : beside(gateway, agents, met);
      if (agent != null) {
        pairs.put(gateway.id(), agent.id());
        met.add(agent.id());
      }
    }
    return pairs;
  }

  private static @Nullable Telling beside(Telling gateway, List<Telling> agents, Set<String> met) {
    for (Telling agent : agents) {
      boolean ours = agent.sender() == null || Objects.equals(agent.sender(), gateway.sender());
      if (ours && !met.contains(agent.id()) && same(agent, gateway) && fits(agent, gateway)) {
        return agent;
      }
    }
    return null;
  }

  private static boolean fits(Telling agent, Telling gateway) {
    String one = callId(agent);
    String other = callId(gateway);
    if (!one.isEmpty() && !other.isEmpty()) {
      return one.equals(other);
    }
    return !gateway.started().isBefore(agent.started()) && !gateway.ended().isAfter(agent.ended());
  }

  private static String callId(Telling telling) {
    String id = telling.tool() == null ? null : telling.tool().callId();
    return id == null ? "" : id;
  }

  private static boolean same(Telling one, Telling other) {
    return one.tool() != null
        && other.tool() != null
        && one.tool().own().equals(other.tool().own());
  }

  /// The agent's tellings that stand below no other of the same call, in order of start.
  private static List<Telling> topmost(List<Telling> tellings, Map<String, Telling> byId) {
    List<Telling> agents = new ArrayList<>();
    for (Telling telling : tellings) {
      if (telling.ofTool() && !telling.gateway() && top(telling, byId).equals(telling)) {
        agents.add(telling);
      }
    }
    agents.sort(Comparator.comparing(Telling::started).thenComparing(Telling::id));
    return agents;
  }

  private static Telling top(Telling telling, Map<String, Telling> byId) {
    Telling top = telling;
    for (int steps = 0; steps < byId.size(); steps++) {
      Telling above = above(top, byId);
      if (above == null || above.gateway() || !same(above, top)) {
        return top;
      }
      top = above;
    }
    return top;
  }

  /// The nearest span above that does more than hold or carry others, null where there is none or
  /// where it is no call of a tool.
  private static @Nullable Telling above(Telling telling, Map<String, Telling> byId) {
    Telling above = telling.parent() == null ? null : byId.get(telling.parent());
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      if (!ToldCalls.passage(above.kind())) {
        return above.ofTool() ? above : null;
      }
      above = above.parent() == null ? null : byId.get(above.parent());
    }
    return null;
  }
}
