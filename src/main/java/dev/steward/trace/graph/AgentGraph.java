// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import dev.steward.trace.span.Span;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who worked with whom in a trace: agents, tools, models and sources, and what was passed between
/// them. The same spans give the same graph in the same order, however they arrived: edges come
/// from parents, links and tool-call ids, never from timing.
public record AgentGraph(List<Node> nodes, List<Edge> edges) {
  public AgentGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /// What a node stands for.
  public enum Kind {
    AGENT,
    TOOL,
    MODEL,
    RETRIEVER
  }

  /// An agent, tool, model or source.
  ///
  /// @param id `agent:refunds`, `tool:payments/refund`, `model:gpt-5`
  /// @param calls how often it was invoked
  public record Node(String id, Kind kind, String name, int calls, int errors) {}

  /// Calls from one node to another.
  ///
  /// @param label short form of what was passed in the first of them, "" when nothing was recorded
  public record Edge(String from, String to, int calls, String label) {}

  /// The same without what was passed, for a reader who may not read content.
  public AgentGraph withoutContent() {
    return new AgentGraph(
        nodes, edges.stream().map(e -> new Edge(e.from(), e.to(), e.calls(), "")).toList());
  }

  /// The node that a span is a call of, null for one that is drawn as none.
  public static @Nullable String nodeOf(Span span) {
    Node node = GraphDrawing.node(span);
    return node == null ? null : node.id();
  }

  /// @param spans of one trace, each once
  public static AgentGraph of(Collection<Span> spans) {
    return new GraphDrawing(spans).draw();
  }
}
