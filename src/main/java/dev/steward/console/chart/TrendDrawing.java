// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import dev.steward.console.chart.Trend.Point;
import dev.steward.console.format.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Draws a trend.
final class TrendDrawing {
  private final Trend trend;
  private final Times times;
  private final Axis axis;

  TrendDrawing(Trend trend) {
    this.trend = trend;
    times = new Times(trend.from(), trend.to(), trend.zone());
    axis = axis(trend);
  }

  Chart chart() {
    return new Chart(
        trend.title(),
        words(),
        trend.unit(),
        known().isEmpty() ? List.of() : Marks.heights(axis, trend.measure()),
        times.ticks(),
        band(),
        strokes(),
        Marks.lines(trend.happenings(), times),
        known().isEmpty() ? List.of() : stops(),
        legend(),
        heads(),
        rows());
  }

  private static Axis axis(Trend trend) {
    Stream<BigDecimal> all =
        trend.points().stream().flatMap(p -> Stream.of(p).flatMap(TrendDrawing::numbers));
    Trend.Baseline baseline = trend.baseline();
    if (baseline != null) {
      all = Stream.concat(all, Stream.of(baseline.low(), baseline.high()));
    }
    List<BigDecimal> sorted = all.sorted().toList();
    return sorted.isEmpty()
        ? Axis.of(trend.measure(), 0, 1)
        : Axis.of(trend.measure(), sorted.getFirst().doubleValue(), sorted.getLast().doubleValue());
  }

  private static Stream<BigDecimal> numbers(Point point) {
    List<BigDecimal> numbers = new ArrayList<>();
    BigDecimal value = point.value();
    BigDecimal low = point.low();
    BigDecimal high = point.high();
    if (value != null) {
      numbers.add(value);
    }
    if (low != null && high != null) {
      numbers.add(low);
      numbers.add(high);
    }
    return numbers.stream();
  }

  private List<Point> known() {
    return trend.points().stream().filter(p -> p.value() != null).toList();
  }

  private List<Chart.Box> band() {
    Trend.Baseline baseline = trend.baseline();
    if (baseline == null) {
      return List.of();
    }
    double top = axis.below(baseline.high().doubleValue());
    double bottom = axis.below(baseline.low().doubleValue());
    return List.of(
        new Chart.Box(
            "band", "0%", Chart.percent(top), "100%", Chart.percent(Math.max(0.6, bottom - top))));
  }

  private List<Chart.Stroke> strokes() {
    StringBuilder interval = new StringBuilder();
    StringBuilder line = new StringBuilder();
    StringBuilder outside = new StringBuilder();
    List<Point> stretch = new ArrayList<>();
    for (Point point : trend.points()) {
      if (point.value() == null) {
        stretch(stretch, line, outside, interval);
        stretch = new ArrayList<>();
      } else {
        stretch.add(point);
      }
    }
    stretch(stretch, line, outside, interval);
    return Stream.of(
            new Chart.Stroke("interval", interval.toString()),
            new Chart.Stroke("line", line.toString()),
            new Chart.Stroke("outside", outside.toString()))
        .filter(stroke -> !stroke.path().isEmpty())
        .toList();
  }

  private void stretch(
      List<Point> stretch, StringBuilder line, StringBuilder outside, StringBuilder interval) {
    StringBuilder back = new StringBuilder();
    boolean bounded = stretch.size() > 1;
    for (int i = 0; i < stretch.size(); i++) {
      Point point = stretch.get(i);
      line.append(i == 0 ? "M" : "L").append(place(point, point.value()));
      if (i > 0 && outside(point)) {
        Point before = stretch.get(i - 1);
        outside.append("M").append(place(before, before.value()));
        outside.append("L").append(place(point, point.value()));
      }
      bounded &= point.low() != null && point.high() != null;
      if (bounded) {
        back.insert(0, "L" + place(point, point.low()));
      }
    }
    if (bounded) {
      for (int i = 0; i < stretch.size(); i++) {
        Point point = stretch.get(i);
        interval.append(i == 0 ? "M" : "L").append(place(point, point.high()));
      }
      interval.append(back).append("z");
    }
  }

  private String place(Point point, @Nullable BigDecimal value) {
    return String.format(
        Locale.ROOT,
        "%.1f %.1f",
        10 * times.along(point.at()),
        10 * axis.below(value == null ? 0 : value.doubleValue()));
  }

  private boolean outside(Point point) {
    Trend.Baseline baseline = trend.baseline();
    BigDecimal value = point.value();
    return baseline != null && value != null && !baseline.holds(value);
  }

  private List<Chart.Stop> stops() {
    List<Point> points = trend.points();
    List<Chart.Stop> stops = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double here = times.along(point.at());
      double left = i == 0 ? 0 : (times.along(points.get(i - 1).at()) + here) / 2;
      double right =
          i == points.size() - 1 ? 100 : (times.along(points.get(i + 1).at()) + here) / 2;
      BigDecimal value = point.value();
      stops.add(
          new Chart.Stop(
              Chart.percent(left),
              Chart.percent(right - left),
              Chart.percent(here),
              value == null ? "" : Chart.percent(axis.below(value.doubleValue())),
              outside(point),
              words(point),
              point.href()));
    }
    return stops;
  }

  private String words(Point point) {
    BigDecimal value = point.value();
    String shown = value == null ? "unknown" : trend.measure().words(value);
    String interval = interval(point);
    return "%s: %s%s, n %s"
        .formatted(
            times.words(point.at()),
            shown,
            interval.isEmpty() ? "" : ", 95 % interval " + interval,
            Figures.count(point.n()));
  }

  private String interval(Point point) {
    BigDecimal low = point.low();
    BigDecimal high = point.high();
    return low == null || high == null
        ? ""
        : trend.measure().words(low) + " to " + trend.measure().words(high);
  }

  private String words() {
    List<Point> known = known();
    if (known.isEmpty()) {
      return trend.title() + ": nothing is known in this time";
    }
    long outside = known.stream().filter(this::outside).count();
    return "%s. %d points; the newest, %s.%s"
        .formatted(
            trend.title(),
            known.size(),
            words(known.getLast()),
            trend.baseline() == null ? "" : " " + outside + " outside of the baseline.");
  }

  private List<Chart.Legend> legend() {
    List<Chart.Legend> legend = new ArrayList<>();
    boolean bounded = trend.points().stream().anyMatch(p -> p.low() != null);
    legend.add(
        new Chart.Legend("line", trend.title() + (bounded ? ", with its 95 % interval" : "")));
    Trend.Baseline baseline = trend.baseline();
    if (baseline != null) {
      legend.add(
          new Chart.Legend(
              "band",
              "Baseline %s to %s, %s"
                  .formatted(
                      trend.measure().words(baseline.low()),
                      trend.measure().words(baseline.high()),
                      baseline.words())));
    }
    return legend;
  }

  private List<String> heads() {
    return List.of("Time", trend.title(), "95 % interval", "n");
  }

  private List<Chart.Row> rows() {
    return trend.points().reversed().stream()
        .map(p -> {
          BigDecimal value = p.value();
          String interval = interval(p);
          return new Chart.Row(
              List.of(
                  times.words(p.at()),
                  value == null ? "unknown" : trend.measure().words(value),
                  interval.isEmpty() ? "–" : interval,
                  Figures.count(p.n())),
              p.href());
        })
        .toList();
  }
}
