// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import dev.steward.trace.graph.Lineage.Place;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The spans of one trace as a tree, laid out for a waterfall: depth first, children by start.
///
/// @param nodes in the order to draw them
public record SpanTree(List<Node> nodes) {
  /// By start; spans that start together are in order of their ids.
  public static final Comparator<Span> BY_START =
      Comparator.comparing(Span::startedAt).thenComparing(span -> span.key().spanId());

  public SpanTree {
    nodes = List.copyOf(nodes);
  }

  /// One span in its place.
  ///
  /// @param parent index of the parent in `nodes`, -1 at the top
  /// @param children how many spans lie directly below
  public record Node(Span span, int depth, int parent, int children, Place place) {}

  /// All of its spans, in the order of the tree.
  public List<Span> spans() {
    return nodes.stream().map(Node::span).toList();
  }

  /// @param spans of one trace, each once
  public static SpanTree of(Collection<Span> spans) {
    List<Span> sorted = spans.stream().sorted(BY_START).toList();
    Lineage lineage =
        Lineage.of(
            sorted.stream().map(span -> span.key().spanId()).toList(),
            sorted.stream().<@Nullable String>map(Span::parentSpanId).toList());
    int[] firstChild = new int[sorted.size()];
    int[] nextSibling = new int[sorted.size()];
    int[] children = new int[sorted.size()];
    Arrays.fill(firstChild, -1);
    int firstTop = -1;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      int parent = lineage.parent(i);
      nextSibling[i] = parent < 0 ? firstTop : firstChild[parent];
      if (parent < 0) {
        firstTop = i;
      } else {
        firstChild[parent] = i;
        children[parent]++;
      }
    }
    return new SpanTree(walk(sorted, lineage, firstTop, firstChild, nextSibling, children));
  }

  private static List<Node> walk(
      List<Span> sorted,
      Lineage lineage,
      int firstTop,
      int[] firstChild,
      int[] nextSibling,
      int[] children) {
    List<Node> nodes = new ArrayList<>(sorted.size());
    int[] drawnAt = new int[sorted.size()];
    int at = firstTop;
    int depth = 0;
    while (at >= 0) {
      int parent = lineage.parent(at);
      drawnAt[at] = nodes.size();
      nodes.add(
          new Node(
              sorted.get(at),
              depth,
              parent < 0 ? -1 : drawnAt[parent],
              children[at],
              lineage.place(at)));
      if (firstChild[at] >= 0) {
        at = firstChild[at];
        depth++;
        continue;
      }
      while (at >= 0 && nextSibling[at] < 0) {
        at = lineage.parent(at);
        depth--;
      }
      at = at < 0 ? -1 : nextSibling[at];
    }
    return nodes;
  }
}
