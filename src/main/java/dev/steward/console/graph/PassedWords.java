// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import dev.steward.console.conversation.Conversation;
import dev.steward.console.format.JsonRows;
import dev.steward.domain.SpanKind;
import dev.steward.trace.run.AgentGraph;
import dev.steward.trace.run.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was passed along the edges of a graph, in plain words: the first time of each.
final class PassedWords {
  private static final int LENGTH_MAX = 300;

  private final Map<String, String> byEdge = new HashMap<>();
  private final Map<String, String> byNode = new HashMap<>();

  PassedWords(SpanTree tree) {
    List<SpanTree.Node> nodes = tree.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      SpanTree.Node node = nodes.get(i);
      String to = AgentGraph.nodeOf(node.span());
      if (to != null) {
        String from = caller(nodes, node);
        String key = from + "\n" + to;
        if (!byEdge.containsKey(key) || !byNode.containsKey(to)) {
          String words = words(node.span().content());
          if (words.isEmpty() && node.span().kind() == SpanKind.AGENT) {
            words = firstHeard(nodes, i);
          }
          byEdge.putIfAbsent(key, words);
          byNode.putIfAbsent(to, words);
        }
      }
    }
  }

  String of(AgentGraph.Edge edge) {
    String exact = byEdge.get(edge.from() + "\n" + edge.to());
    return exact != null ? exact : byNode.getOrDefault(edge.to(), "");
  }

  /// What the first model below an agent heard last, where the agent's own span does not say.
  private static String firstHeard(List<SpanTree.Node> nodes, int agent) {
    int depth = nodes.get(agent).depth();
    for (int i = agent + 1; i < nodes.size() && nodes.get(i).depth() > depth; i++) {
      if (nodes.get(i).span().kind() == SpanKind.MODEL) {
        return words(nodes.get(i).span().content());
      }
    }
    return "";
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
