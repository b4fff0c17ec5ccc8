// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.graph;

import java.util.List;

/// An agent graph ready to be drawn, and the table behind it.
///
/// @param undrawn how many nodes are in the table only, since a picture of them all would tell
///   nothing
/// @param rows every edge, in words
public record GraphPicture(
    int width, int height, List<Box> boxes, List<Line> lines, int undrawn, List<Row> rows) {
  public GraphPicture {
    boxes = List.copyOf(boxes);
    lines = List.copyOf(lines);
    rows = List.copyOf(rows);
  }

  /// One node.
  ///
  /// @param node its id, by which the script finds it
  /// @param kind class of its sign
  /// @param name whole, and cut to the box
  /// @param calls in words: `12 calls, 1 failed`
  /// @param href of its first step
  public record Box(
      String node,
      String kind,
      String name,
      String cut,
      String calls,
      boolean failed,
      String href,
      int x,
      int y) {}

  /// One edge.
  ///
  /// @param path of an SVG path
  /// @param label what was passed, "" when nothing was recorded or may be read
  /// @param anchor where the label stands by its x: start, middle or end
  /// @param back whether it leads back to where the work came from
  public record Line(String path, String label, String anchor, int x, int y, boolean back) {}

  /// One edge in words.
  public record Row(
      String from, String to, String kind, String href, int calls, String failed, String passed) {}
}
