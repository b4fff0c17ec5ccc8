// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import dev.steward.console.conversation.Conversation;
import dev.steward.console.format.JsonRows;
import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was passed along the edges of a graph, in plain words: the first time of each.
///
/// @param byEdge by caller and called
/// @param byNode by called, whoever called
record PassedWords(Map<String, String> byEdge, Map<String, String> byNode) {
  static final PassedWords NONE = new PassedWords(Map.of(), Map.of());

  private static final int LENGTH_MAX = 300;

  /// @param tree of all spans; they need no content
  /// @param read the spans of these ids, with content
  static PassedWords of(SpanTree tree, Function<Set<String>, List<Span>> read) {
    List<SpanTree.Node> nodes = tree.nodes();
    Map<String, Integer> firstByEdge = new HashMap<>();
    Map<String, Integer> firstByNode = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      String to = AgentGraph.nodeOf(nodes.get(i).span());
      if (to != null) {
        boolean fresh = firstByEdge.putIfAbsent(caller(nodes, nodes.get(i)) + "\n" + to, i) == null;
        fresh |= firstByNode.putIfAbsent(to, i) == null;
        if (fresh) {
          wanted.add(nodes.get(i).span().key().spanId());
          wanted.add(nodes.get(firstModel(nodes, i)).span().key().spanId());
        }
      }
    }
    Map<String, Content> content = new HashMap<>();
    for (Span span : read.apply(wanted)) {
      content.put(span.key().spanId(), span.content());
    }
    Map<String, String> byEdge = new HashMap<>();
    Map<String, String> byNode = new HashMap<>();
    firstByEdge.forEach((edge, at) -> byEdge.put(edge, words(nodes, at, content)));
    firstByNode.forEach((node, at) -> byNode.put(node, words(nodes, at, content)));
    return new PassedWords(byEdge, byNode);
  }

  String of(AgentGraph.Edge edge) {
    String exact = byEdge.get(edge.from() + "\n" + edge.to());
    return exact != null ? exact : byNode.getOrDefault(edge.to(), "");
  }

  /// Of an agent whose own span does not say, what the first model below it heard last.
  private static String words(List<SpanTree.Node> nodes, int at, Map<String, Content> content) {
    String own = words(content.getOrDefault(nodes.get(at).span().key().spanId(), Content.NONE));
    if (!own.isEmpty() || nodes.get(at).span().kind() != SpanKind.AGENT) {
      return own;
    }
    String heard = nodes.get(firstModel(nodes, at)).span().key().spanId();
    return words(content.getOrDefault(heard, Content.NONE));
  }

  /// Index of the first model call below an agent, else the same index.
  private static int firstModel(List<SpanTree.Node> nodes, int at) {
    SpanTree.Node node = nodes.get(at);
    if (node.span().kind() == SpanKind.AGENT) {
      for (int i = at + 1; i < nodes.size() && nodes.get(i).depth() > node.depth(); i++) {
        if (nodes.get(i).span().kind() == SpanKind.MODEL) {
          return i;
        }
      }
    }
    return at;
  }

  private static @Nullable String caller(List<SpanTree.Node> nodes, SpanTree.Node node) {
    for (int at = node.parent(); at >= 0; at = nodes.get(at).parent()) {
      Span above = nodes.get(at).span();
      String id = AgentGraph.nodeOf(above);
      if (id != null && (id.startsWith("agent:") || id.startsWith("tool:"))) {
        return id;
      }
    }
    return null;
  }

  private static String words(Content content) {
    Message arguments = content.arguments();
    if (arguments != null) {
      List<JsonRows.Row> rows = JsonRows.of(arguments.json(), 8);
      return cut(
          rows.isEmpty()
              ? arguments.json()
              : rows.stream()
                  .map(row -> row.name() + " " + row.value())
                  .collect(Collectors.joining(", ")));
    }
    return content.input().isEmpty() ? "" : cut(Conversation.words(content.input().getLast()));
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
  }
}
