// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import dev.steward.trace.span.Span;
import java.util.Collection;
import java.util.List;

/// The spans of one trace as a tree, laid out for a waterfall: depth first, children by start.
///
/// @param nodes in the order to draw them
public record SpanTree(List<Node> nodes) {
  public SpanTree {
    nodes = List.copyOf(nodes);
  }

  /// One span in its place.
  ///
  /// @param parent index of the parent in `nodes`, -1 at the top
  /// @param children how many spans lie directly below
  public record Node(Span span, int depth, int parent, int children, Place place) {}

  /// How a span got its place.
  public enum Place {
    /// It has no parent.
    ROOT,
    /// Below its parent.
    CHILD,
    /// Its parent has not arrived; it stands at the top until it does.
    ORPHAN,
    /// Its parents went in a circle, which was cut here.
    CUT
  }

  public static SpanTree of(Collection<Span> spans) {
    throw new UnsupportedOperationException(spans.toString());
  }
}
