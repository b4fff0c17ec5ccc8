// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What stands around the data of every chart.
final class Marks {
  private static final int LETTERS = 26;

  private Marks() {}

  static List<Chart.Tick> heights(Axis axis, Measure measure) {
    return axis.ticks().stream()
        .map(value -> new Chart.Tick(Chart.percent(axis.below(value)), measure.tick(value)))
        .toList();
  }

  /// The happenings in their order, as many as there are letters.
  static List<Chart.MarkLine> lines(List<Happening> happenings, Times times) {
    List<Happening> within =
        happenings.stream()
            .filter(h -> times.holds(h.at()))
            .sorted(Comparator.comparing(Happening::at))
            .toList();
    List<Chart.MarkLine> lines = new ArrayList<>();
    for (Happening happening :
        within.subList(Math.max(0, within.size() - LETTERS), within.size())) {
      double along = times.along(happening.at());
      lines.add(
          new Chart.MarkLine(
              Chart.percent(along),
              String.valueOf((char) ('A' + lines.size())),
              happening.name(),
              happening.kind().tone(),
              along > 70,
              times.words(happening.at()) + ": " + happening.words(),
              happening.href()));
    }
    return lines;
  }
}
