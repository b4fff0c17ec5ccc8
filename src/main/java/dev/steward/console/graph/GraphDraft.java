// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import dev.steward.console.format.Figures;
import dev.steward.console.graph.GraphPicture.Box;
import dev.steward.console.graph.GraphPicture.Line;
import dev.steward.console.graph.GraphPicture.Row;
import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.graph.AgentGraph.Edge;
import dev.steward.trace.graph.AgentGraph.Node;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Draws the agent graph of a run. Repeated calls are one node and one edge with their number, so
/// that ten thousand spans are as few boxes as there are agents, models, tools and sources.
public final class GraphDraft {
  static final int BOX_WIDTH = 172;
  static final int BOX_HEIGHT = 44;
  private static final int GAP = 176;
  private static final int SLOT = 64;
  private static final int EDGE_SLOT = 20;
  private static final int MARGIN = 8;
  private static final int NODES_MAX = 60;
  private static final int NAME_MAX = 20;
  private static final int LABEL_MAX = 19;

  private final AgentGraph graph;
  private final PassedWords passed;
  private final Map<String, String> firstStep = new HashMap<>();
  private final Map<String, int[]> corner = new HashMap<>();
  private final Map<String, Integer> arriving = new HashMap<>();
  private final Map<String, Integer> arrived = new HashMap<>();
  private final Map<String, Node> byId = new HashMap<>();
  private int backs;

  /// @param readsContent whether what was passed may be shown
  /// @param read the spans of these ids, with content
  public GraphDraft(SpanTree tree, boolean readsContent, Function<Set<String>, List<Span>> read) {
    List<Span> spans = new ArrayList<>();
    for (SpanTree.Node node : tree.nodes()) {
      spans.add(node.span());
      String id = AgentGraph.nodeOf(node.span());
      if (id != null) {
        firstStep.putIfAbsent(id, "#s-" + node.span().key().spanId());
      }
    }
    graph = AgentGraph.of(spans);
    graph.nodes().forEach(node -> byId.put(node.id(), node));
    passed = readsContent ? PassedWords.of(tree, read) : PassedWords.NONE;
  }

  public GraphPicture draw() {
    List<Node> drawn = drawn();
    Set<String> ids = new HashSet<>();
    drawn.forEach(node -> ids.add(node.id()));
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : graph.edges()) {
      if (ids.contains(edge.from()) && ids.contains(edge.to())) {
        edges.add(edge);
      }
    }
    GraphLayout layout = new GraphLayout(drawn, edges);
    int height = place(layout, edges);
    List<Box> boxes = new ArrayList<>();
    for (List<GraphLayout.Place> column : layout.columns()) {
      for (GraphLayout.Place place : column) {
        Node node = byId.get(place.id());
        if (node != null) {
          boxes.add(box(node));
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    for (Edge edge : edges) {
      lines.add(line(edge, layout));
    }
    int columns = layout.columns().size();
    int width = 2 * MARGIN + columns * BOX_WIDTH + Math.max(0, columns - 1) * GAP;
    return new GraphPicture(
        width,
        height + (backs == 0 ? 0 : 40 + backs * EDGE_SLOT),
        boxes,
        lines,
        graph.nodes().size() - drawn.size(),
        rows());
  }

  /// All, or of very many the agents and those that were called most.
  private List<Node> drawn() {
    if (graph.nodes().size() <= NODES_MAX) {
      return graph.nodes();
    }
    List<Node> byWeight = new ArrayList<>(graph.nodes());
    byWeight.sort(
        Comparator.comparing((Node node) -> node.kind() != AgentGraph.Kind.AGENT)
            .thenComparing(Node::calls, Comparator.reverseOrder())
            .thenComparing(Node::id));
    return byWeight.subList(0, NODES_MAX);
  }

  private int place(GraphLayout layout, List<Edge> edges) {
    for (Edge edge : edges) {
      if (layout.column(edge.to()) > layout.column(edge.from())) {
        arriving.merge(edge.to(), 1, Integer::sum);
      }
    }
    int height = 0;
    for (int at = 0; at < layout.columns().size(); at++) {
      int y = MARGIN;
      for (GraphLayout.Place place : layout.columns().get(at)) {
        int slot =
            place.passes()
                ? EDGE_SLOT
                : Math.max(SLOT, arriving.getOrDefault(place.id(), 0) * EDGE_SLOT + 16);
        int middle = y + slot / 2;
        corner.put(
            place.id(), new int[] {MARGIN + at * (BOX_WIDTH + GAP), middle - BOX_HEIGHT / 2});
        y += slot;
      }
      height = Math.max(height, y + MARGIN);
    }
    return height;
  }

  private Box box(Node node) {
    int[] at = corner(node.id());
    return new Box(
        node.id(),
        kind(node.kind()),
        node.name(),
        cut(node.name(), NAME_MAX),
        Figures.of(node.calls(), "call", "calls")
            + (node.errors() == 0 ? "" : ", " + Figures.count(node.errors()) + " failed"),
        node.errors() > 0,
        firstStep.getOrDefault(node.id(), "#"),
        at[0],
        at[1]);
  }

  private Line line(Edge edge, GraphLayout layout) {
    int[] from = corner(edge.from());
    int[] to = corner(edge.to());
    String label = cut(label(edge), LABEL_MAX);
    int first = layout.column(edge.from());
    int last = layout.column(edge.to());
    if (last <= first) {
      return back(from, to, label);
    }
    int seats = arriving.getOrDefault(edge.to(), 1);
    int seat = arrived.merge(edge.to(), 1, Integer::sum) - 1;
    StringBuilder path = new StringBuilder();
    int x = from[0] + BOX_WIDTH;
    int y = from[1] + BOX_HEIGHT / 2;
    path.append("M%d %d".formatted(x, y));
    for (int at = first + 1; at < last; at++) {
      int[] passed = corner(GraphLayout.passing(edge, at));
      y = reach(path, x, y, passed[0] + BOX_WIDTH, passed[1] + BOX_HEIGHT / 2);
      x = passed[0] + BOX_WIDTH;
    }
    int end = to[1] + BOX_HEIGHT / 2 + (2 * seat - seats + 1) * EDGE_SLOT / 2;
    reach(path, x, y, to[0] - 2, end);
    return new Line(path.toString(), label, "start", x + 42, end - 5, false);
  }

  /// Bends at once and then goes straight, so that its label stands on a straight line.
  private static int reach(StringBuilder path, int x, int y, int toX, int toY) {
    path.append("C%d %d %d %d %d %dH%d".formatted(x + 34, y, x + 6, toY, x + 40, toY, toX));
    return toY;
  }

  private Line back(int[] from, int[] to, String label) {
    int x1 = from[0] + BOX_WIDTH / 2 + 20;
    int y1 = from[1] + BOX_HEIGHT;
    int x2 = to[0] + BOX_WIDTH / 2 - 20;
    int y2 = to[1] + BOX_HEIGHT + 2;
    int low = Math.max(y1, y2) + 34 + backs++ * EDGE_SLOT;
    String path = "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1, low, x2, low, x2, y2);
    return new Line(path, label, "middle", (x1 + x2) / 2, low - 2, true);
  }

  private String label(Edge edge) {
    String words = passed.of(edge);
    String times = edge.calls() == 1 ? "" : "×" + Figures.count(edge.calls());
    return times + (times.isEmpty() || words.isEmpty() ? "" : " ") + words;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Edge edge : graph.edges()) {
      told.add(edge.to());
      told.add(edge.from());
      Node from = byId.get(edge.from());
      Node to = byId.get(edge.to());
      if (from != null && to != null) {
        rows.add(row(from.name(), to, edge.calls(), passed.of(edge)));
      }
    }
    for (Node node : graph.nodes()) {
      if (!told.contains(node.id())) {
        rows.add(row("", node, node.calls(), ""));
      }
    }
    return rows;
  }

  private Row row(@Nullable String from, Node to, int calls, String words) {
    return new Row(
        from == null ? "" : from,
        to.name(),
        kind(to.kind()),
        firstStep.getOrDefault(to.id(), "#"),
        calls,
        to.errors() == 0 ? "" : Figures.count(to.errors()),
        words);
  }

  private int[] corner(String id) {
    int[] at = corner.get(id);
    if (at == null) {
      throw new IllegalStateException(id + " has no place");
    }
    return at;
  }

  private static String kind(AgentGraph.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }
}
