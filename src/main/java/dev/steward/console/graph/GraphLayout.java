// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.graph.AgentGraph.Edge;
import dev.steward.trace.graph.AgentGraph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts nodes in columns by how many calls they are from the start, and in each column beneath
/// those that call them. What calls nothing itself stands right of all that call it, and a line
/// that passes a column has a place of its own in it. The same graph gives the same places.
final class GraphLayout {
  private static final int RANK_OF_LINES = 4;

  private final Map<String, Integer> column = new HashMap<>();
  private final List<List<Place>> columns = new ArrayList<>();

  /// A node, or where a line passes.
  ///
  /// @param id of the node, or of the passing line
  /// @param rank of its kind; lines come last
  record Place(String id, int rank, boolean passes) {}

  private static int rank(AgentGraph.Kind kind) {
    return switch (kind) {
      case AGENT -> 0;
      case TOOL -> 1;
      case MODEL -> 2;
      case RETRIEVER -> 3;
    };
  }

  /// @param nodes that are drawn
  /// @param edges between them
  GraphLayout(List<Node> nodes, List<Edge> edges) {
    spread(nodes, edges);
    settleLeaves(nodes, edges);
    for (Node node : nodes) {
      in(column(node.id())).add(new Place(node.id(), rank(node.kind()), false));
    }
    for (Edge edge : edges) {
      for (int at = column(edge.from()) + 1; at < column(edge.to()); at++) {
        in(at).add(new Place(passing(edge, at), RANK_OF_LINES, true));
      }
    }
    order(edges);
  }

  /// From left to right, each from top to bottom.
  List<List<Place>> columns() {
    return columns;
  }

  int column(String id) {
    return column.getOrDefault(id, 0);
  }

  /// The id of the place where an edge passes a column.
  static String passing(Edge edge, int column) {
    return edge.from() + "\n" + edge.to() + "\n" + column;
  }

  private List<Place> in(int at) {
    while (columns.size() <= at) {
      columns.add(new ArrayList<>());
    }
    return columns.get(at);
  }

  private void spread(List<Node> nodes, List<Edge> edges) {
    Set<String> called = new HashSet<>();
    Map<String, List<String>> calls = new HashMap<>();
    for (Edge edge : edges) {
      if (!edge.from().equals(edge.to())) {
        called.add(edge.to());
        calls.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
      }
    }
    ArrayDeque<String> next = new ArrayDeque<>();
    for (Node node : nodes) {
      if (!called.contains(node.id())) {
        start(node, next);
      }
    }
    walk(next, calls);
    // what only calls itself in a circle has no start; its first does as well as any
    for (Node node : nodes) {
      if (!column.containsKey(node.id())) {
        start(node, next);
        walk(next, calls);
      }
    }
  }

  private void start(Node node, ArrayDeque<String> next) {
    column.put(node.id(), 0);
    next.add(node.id());
  }

  private void walk(ArrayDeque<String> next, Map<String, List<String>> calls) {
    while (!next.isEmpty()) {
      String id = next.removeFirst();
      for (String to : calls.getOrDefault(id, List.of())) {
        if (column.putIfAbsent(to, column(id) + 1) == null) {
          next.add(to);
        }
      }
    }
  }

  private void settleLeaves(List<Node> nodes, List<Edge> edges) {
    Set<String> calling = new HashSet<>();
    edges.forEach(edge -> calling.add(edge.from()));
    for (Node node : nodes) {
      if (!calling.contains(node.id())) {
        int at = column(node.id());
        for (Edge edge : edges) {
          at = edge.to().equals(node.id()) ? Math.max(at, column(edge.from()) + 1) : at;
        }
        column.put(node.id(), at);
      }
    }
  }

  /// Beneath the middle of their callers, so that lines cross little.
  private void order(List<Edge> edges) {
    Comparator<Place> byKind = Comparator.comparing(Place::rank).thenComparing(Place::id);
    Map<String, Integer> row = new HashMap<>();
    for (int at = 0; at < columns.size(); at++) {
      Map<String, double[]> middle = new HashMap<>();
      for (Edge edge : edges) {
        if (column(edge.from()) < at && at <= column(edge.to())) {
          String above = at - 1 == column(edge.from()) ? edge.from() : passing(edge, at - 1);
          String id = at == column(edge.to()) ? edge.to() : passing(edge, at);
          double[] sum = middle.computeIfAbsent(id, _ -> new double[2]);
          sum[0] += row.getOrDefault(above, 0);
          sum[1]++;
        }
      }
      List<Place> places = columns.get(at);
      places.sort(
          Comparator.comparing((Place place) -> mean(middle, place.id())).thenComparing(byKind));
      for (int i = 0; i < places.size(); i++) {
        row.put(places.get(i).id(), i);
      }
    }
  }

  private static double mean(Map<String, double[]> middle, String id) {
    double[] sum = middle.get(id);
    return sum == null ? 0 : sum[0] / sum[1];
  }
}
