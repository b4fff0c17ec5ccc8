// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import dev.steward.console.chart.Bars.Bar;
import dev.steward.console.format.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Draws bars.
final class BarsDrawing {
  private static final double FILLED = 0.78;

  private final Bars bars;
  private final Times times;
  private final Axis axis;

  BarsDrawing(Bars bars) {
    this.bars = bars;
    times = new Times(bars.from(), bars.to(), bars.zone());
    double most = 0;
    for (Bar bar : bars.bars()) {
      most = Math.max(most, bar.sum().doubleValue());
    }
    axis = Axis.of(bars.measure(), 0, most);
  }

  Chart chart() {
    return new Chart(
        bars.title(),
        words(),
        bars.unit(),
        Marks.heights(axis, bars.measure()),
        times.ticks(),
        boxes(),
        List.of(),
        Marks.lines(bars.happenings(), times),
        bars.bars().stream().map(this::stop).toList(),
        legend(),
        heads(),
        bars.bars().reversed().stream().map(this::row).toList());
  }

  private List<Chart.Box> boxes() {
    List<Chart.Box> boxes = new ArrayList<>();
    for (Bar bar : bars.bars()) {
      double left = times.along(bar.at());
      double width = times.along(bar.at().plus(bars.slice())) - left;
      String x = Chart.percent(left + width * (1 - FILLED) / 2);
      String wide = Chart.percent(width * FILLED);
      double under = 0;
      for (int i = 0; i < bar.parts().size(); i++) {
        double part = bar.parts().get(i).doubleValue();
        double top = axis.below(under + part);
        double height = axis.below(under) - top;
        if (height > 0) {
          boxes.add(
              new Chart.Box("c-" + (i + 1), x, Chart.percent(top), wide, Chart.percent(height)));
        }
        under += part;
      }
      if (bar.unknown() > 0) {
        double top = Math.max(0, axis.below(under) - 3);
        boxes.add(new Chart.Box("unknown-part", x, Chart.percent(top), wide, "2.2%"));
      }
    }
    return boxes;
  }

  private Chart.Stop stop(Bar bar) {
    double left = times.along(bar.at());
    double width = times.along(bar.at().plus(bars.slice())) - left;
    return new Chart.Stop(
        Chart.percent(left),
        Chart.percent(width),
        Chart.percent(left + width / 2),
        "",
        false,
        words(bar),
        bar.href());
  }

  private String words(Bar bar) {
    StringBuilder words = new StringBuilder(times.words(bar.at())).append(": ").append(amount(bar));
    if (bars.parts().size() > 1) {
      for (int i = 0; i < bar.parts().size(); i++) {
        if (bar.parts().get(i).signum() > 0) {
          words.append(i == 0 ? "; " : ", ").append(bars.parts().get(i)).append(' ');
          words.append(bars.measure().words(bar.parts().get(i)));
        }
      }
    }
    if (bar.unknown() > 0) {
      words.append("; unknown of ").append(Figures.count(bar.unknown()));
    }
    return words.toString();
  }

  private String amount(Bar bar) {
    if (bar.sum().signum() == 0 && bar.unknown() > 0) {
      return "unknown";
    }
    String unit = bars.unit().isEmpty() ? "" : " " + bars.unit();
    return bars.measure().words(bar.sum()) + unit;
  }

  private String words() {
    BigDecimal sum = BigDecimal.ZERO;
    long unknown = 0;
    for (Bar bar : bars.bars()) {
      sum = sum.add(bar.sum());
      unknown += bar.unknown();
    }
    return "%s. %d bars, together %s %s%s."
        .formatted(
            bars.title(),
            bars.bars().size(),
            bars.measure().words(sum),
            bars.unit(),
            unknown == 0 ? "" : "; unknown of " + Figures.count(unknown));
  }

  private List<Chart.Legend> legend() {
    List<Chart.Legend> legend = new ArrayList<>();
    for (int i = 0; i < bars.parts().size(); i++) {
      legend.add(new Chart.Legend("c-" + (i + 1), bars.parts().get(i)));
    }
    if (bars.bars().stream().anyMatch(b -> b.unknown() > 0)) {
      legend.add(new Chart.Legend("unknown-part", "some of it unknown"));
    }
    return legend;
  }

  private List<String> heads() {
    List<String> heads = new ArrayList<>(List.of("From", bars.title()));
    if (bars.parts().size() > 1) {
      heads.addAll(bars.parts());
    }
    heads.add("Unknown");
    return heads;
  }

  private Chart.Row row(Bar bar) {
    List<String> cells = new ArrayList<>(List.of(times.words(bar.at()), amount(bar)));
    if (bars.parts().size() > 1) {
      for (BigDecimal part : bar.parts()) {
        cells.add(bars.measure().words(part));
      }
    }
    cells.add(bar.unknown() == 0 ? "–" : Figures.count(bar.unknown()));
    return new Chart.Row(cells, bar.href());
  }
}
