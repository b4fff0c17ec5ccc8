// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A chart as it is drawn: positions in percent of the plot, so that it has any width while its
/// words keep their size. Made by `Trend` and `Bars`, shown by `tag/chart.jte`.
///
/// @param words the same in a sentence, for who cannot see it
/// @param unit what its numbers are of, "" when they say it themselves
/// @param heights values at the upright axis
/// @param times moments at the level axis
/// @param boxes filled areas: bars, and the baseline's band
/// @param strokes lines, as SVG path data in a square of 1000
/// @param marks what happened, as upright lines
/// @param stops the points, each with its words, to be reached by hand and key
public record Chart(
    String title,
    String words,
    String unit,
    List<Tick> heights,
    List<Tick> times,
    List<Box> boxes,
    List<Stroke> strokes,
    List<MarkLine> marks,
    List<Stop> stops,
    List<Legend> legend,
    List<String> heads,
    List<Row> rows) {

  /// A value at an axis.
  public record Tick(String at, String words) {}

  /// @param css what it stands for: `band`, `began`, `began-within`, `c-1` to `c-7`, `unknown`
  public record Box(String css, String x, String y, String width, String height) {}

  /// @param css what it stands for: `line`, `outside`, `interval`, `middle`
  public record Stroke(String css, String path) {}

  /// Something that happened.
  ///
  /// @param letter that leads from the line to its words under the chart
  /// @param tone its class: unknown, ok, warning, critical
  /// @param before whether its name stands left of the line
  /// @param words when and what
  public record MarkLine(
      String at,
      String letter,
      String name,
      String tone,
      boolean before,
      String words,
      String href) {}

  /// A point.
  ///
  /// @param left where the stretch begins that belongs to it
  /// @param y where its dot is, "" for none
  /// @param outside whether it left the baseline
  /// @param href what it summarises, "" for nothing
  public record Stop(
      String left, String width, String x, String y, boolean outside, String words, String href) {}

  /// What a colour stands for.
  public record Legend(String css, String words) {}

  /// A line of the table behind.
  public record Row(List<String> cells, String href) {}

  /// The same with boxes over its own.
  public Chart with(List<Box> more) {
    List<Box> all = new ArrayList<>(boxes);
    all.addAll(more);
    return new Chart(
        title, words, unit, heights, times, all, strokes, marks, stops, legend, heads, rows);
  }

  /// Whether nothing can be shown.
  public boolean empty() {
    return stops.isEmpty();
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
