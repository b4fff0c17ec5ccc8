// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import dev.steward.trace.graph.AgentGraph.Edge;
import dev.steward.trace.graph.AgentGraph.Kind;
import dev.steward.trace.graph.AgentGraph.Node;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Draws the agent graph of one trace.
final class GraphDrawing {
  private static final int LABEL_MAX = 80;
  private static final int UNKNOWN = -2;
  private static final Pattern ASKED_CALL =
      Pattern.compile("\"id\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<Span> spans;
  private final Lineage lineage;
  private final int[] actors;
  private final int[] topmost;
  private final Map<SpanKey, Integer> positions = new HashMap<>();
  private final Map<String, Integer> askedBy = new HashMap<>();
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<List<String>, Edge> edges =
      new TreeMap<>(Comparator.comparing(List<String>::getFirst).thenComparing(List::getLast));

  GraphDrawing(Collection<Span> unordered) {
    spans = unordered.stream().sorted(SpanTree.BY_START).toList();
    lineage =
        Lineage.of(
            spans.stream().map(span -> span.key().spanId()).toList(),
            spans.stream().<@Nullable String>map(Span::parentSpanId).toList());
    actors = new int[spans.size()];
    Arrays.fill(actors, UNKNOWN);
    topmost = new int[spans.size()];
    for (int at : lineage.parentsFirst()) {
      int above = lineage.parent(at) < 0 ? -1 : topmost[lineage.parent(at)];
      topmost[at] = above >= 0 ? above : node(spans.get(at)) == null ? -1 : at;
    }
  }

  AgentGraph draw() {
    for (int i = 0; i < spans.size(); i++) {
      positions.put(spans.get(i).key(), i);
      rememberAskedCalls(i);
    }
    int[] calls = ToldCalls.of(lineage, at -> spans.get(at).kind(), at -> spans.get(at).tool());
    for (int i = 0; i < spans.size(); i++) {
      Node node = node(spans.get(i));
      if (node == null || (calls[i] >= 0 && calls[i] != i)) {
        continue;
      }
      nodes.merge(node.id(), node, GraphDrawing::plus);
      int caller = caller(i);
      if (caller >= 0) {
        Node from = node(spans.get(calls[caller] >= 0 ? calls[caller] : caller));
        if (from != null) {
          connect(from, node, label(spans.get(i)));
        }
      }
    }
    return new AgentGraph(List.copyOf(nodes.values()), List.copyOf(edges.values()));
  }

  private void connect(Node from, Node to, String label) {
    edges.merge(
        List.of(from.id(), to.id()),
        new Edge(from.id(), to.id(), 1, label),
        (first, _) ->
            new Edge(
                first.from(),
                first.to(),
                first.calls() + 1,
                first.label().isEmpty() ? label : first.label()));
  }

  private void rememberAskedCalls(int position) {
    for (Message message : spans.get(position).content().output()) {
      if (message.json().contains("tool_call")) {
        Matcher asked = ASKED_CALL.matcher(message.json());
        while (asked.find()) {
          askedBy.merge(asked.group(1), position, this::oneAsker);
        }
      }
    }
  }

  /// Of two that asked for a call of the same id the first where both work for the same actor; else
  /// nobody can say whose call it is.
  private int oneAsker(int one, int other) {
    return one >= 0 && actor(one) == actor(other) ? one : UNKNOWN;
  }

  /// The agent or tool at or above a position, else the topmost span above it that is in the graph.
  private int actor(int position) {
    int owner = actorAbove(position);
    if (owner >= 0) {
      return owner;
    }
    return topmost[position] >= 0 ? topmost[position] : position;
  }

  /// An agent or tool that stands above, else the one whose model asked for the call, else the one
  /// linked to.
  private int caller(int position) {
    int above = actorAbove(lineage.parent(position));
    if (above >= 0) {
      return above;
    }
    Span span = spans.get(position);
    String callId = span.tool() == null ? null : span.tool().callId();
    Integer asking = callId == null ? null : askedBy.get(callId);
    if (asking != null && asking >= 0 && asking != position) {
      return actor(asking);
    }
    for (Raw.Link link : span.raw().links()) {
      Integer target = positions.get(link.target());
      if (target != null && target != position) {
        return actor(target);
      }
    }
    return -1;
  }

  /// The agent or tool at the position or nearest above it, -1 when there is none.
  private int actorAbove(int from) {
    int at = from;
    while (at >= 0 && actors[at] == UNKNOWN) {
      Node node = node(spans.get(at));
      if (node != null && (node.kind() == Kind.AGENT || node.kind() == Kind.TOOL)) {
        actors[at] = at;
      } else {
        at = lineage.parent(at);
      }
    }
    int actor = at < 0 ? -1 : actors[at];
    for (int passed = from; passed >= 0 && actors[passed] == UNKNOWN; ) {
      actors[passed] = actor;
      passed = lineage.parent(passed);
    }
    return actor;
  }

  static @Nullable Node node(Span span) {
    int errors = span.status() == Span.Status.ERROR ? 1 : 0;
    return switch (span.kind()) {
      case AGENT -> {
        String agent = span.origin().agent();
        String name = agent == null ? span.name() : agent;
        yield new Node("agent:" + name, Kind.AGENT, name, 1, errors);
      }
      case TOOL -> {
        String name = span.tool() == null ? span.name() : span.tool().name();
        String server = span.tool() == null ? null : span.tool().server();
        String whole = server == null ? name : server + "/" + name;
        yield new Node("tool:" + whole, Kind.TOOL, whole, 1, errors);
      }
      case MODEL, EMBEDDING -> {
        String model = span.modelName();
        String name = model == null ? span.name() : model;
        yield new Node("model:" + name, Kind.MODEL, name, 1, errors);
      }
      case RETRIEVER ->
          new Node("retriever:" + span.name(), Kind.RETRIEVER, span.name(), 1, errors);
      case GUARDRAIL, EVALUATOR, STEP, OTHER -> null;
    };
  }

  private static String label(Span span) {
    if (span.content().arguments() != null) {
      return shortened(span.content().arguments().json());
    }
    List<Message> input = span.content().input();
    return input.isEmpty() ? "" : shortened(input.getLast().json());
  }

  private static String shortened(String text) {
    if (text.length() <= LABEL_MAX) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LABEL_MAX - 2)) ? LABEL_MAX - 2 : LABEL_MAX - 1;
    return text.substring(0, end) + "…";
  }

  private static Node plus(Node one, Node other) {
    return new Node(
        one.id(),
        one.kind(),
        one.name(),
        one.calls() + other.calls(),
        one.errors() + other.errors());
  }
}
