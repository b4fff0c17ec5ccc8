// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is left of an amount over time, down to now, and where it is heading until the end.
///
/// @param left oldest first, its last point is now
/// @param limit what there was at the beginning
/// @param forecast what will be left at the end, null where that is not known; below 0 where it
///   does not last
public record BurnDown(
    String title,
    Measure measure,
    String unit,
    Instant from,
    Instant to,
    BigDecimal limit,
    List<Point> left,
    @Nullable BigDecimal forecast,
    ZoneId zone) {
  public BurnDown {
    left = List.copyOf(left);
    if (left.isEmpty()) {
      throw new IllegalArgumentException("what is left now is always known");
    }
  }

  /// What was left at a moment.
  public record Point(Instant at, BigDecimal value) {}

  /// The chart of it.
  public Chart draw() {
    Times times = new Times(from, to, zone);
    double top = limit.max(left.getFirst().value()).doubleValue();
    Axis axis = Axis.of(measure, 0, top > 0 ? top : 1);
    List<Chart.Stroke> strokes = new ArrayList<>();
    strokes.add(new Chart.Stroke("line", path(times, axis)));
    BigDecimal end = forecast;
    if (end != null) {
      strokes.add(
          new Chart.Stroke("forecast" + (end.signum() < 0 ? " short" : ""), way(times, axis, end)));
    }
    return new Chart(
        title,
        words(),
        unit,
        Marks.heights(axis, measure),
        times.ticks(),
        List.of(),
        strokes,
        List.of(),
        stops(times, axis),
        legend(),
        List.of("Time", "Left"),
        left.reversed().stream()
            .map(p -> new Chart.Row(List.of(times.words(p.at()), measure.words(p.value())), ""))
            .toList());
  }

  private String path(Times times, Axis axis) {
    StringBuilder path = new StringBuilder();
    BigDecimal before = null;
    for (Point point : left) {
      if (before != null) {
        path.append("L").append(place(times, axis, point.at(), before));
      }
      path.append(path.isEmpty() ? "M" : "L").append(place(times, axis, point.at(), point.value()));
      before = point.value();
    }
    return path.toString();
  }

  /// The way to the end, or to where nothing is left.
  private String way(Times times, Axis axis, BigDecimal end) {
    Point now = left.getLast();
    double here = times.along(now.at());
    double share =
        end.signum() >= 0 ? 1 : now.value().doubleValue() / now.value().subtract(end).doubleValue();
    double there = here + (100 - here) * share;
    return "M"
        + place(times, axis, now.at(), now.value())
        + String.format(
            Locale.ROOT, "L%.1f %.1f", 10 * there, 10 * axis.below(Math.max(0, end.doubleValue())));
  }

  private static String place(Times times, Axis axis, Instant at, BigDecimal value) {
    return String.format(
        Locale.ROOT, "%.1f %.1f", 10 * times.along(at), 10 * axis.below(value.doubleValue()));
  }

  private List<Chart.Stop> stops(Times times, Axis axis) {
    List<Chart.Stop> stops = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Point point = left.get(i);
      double here = times.along(point.at());
      double begin = i == 0 ? 0 : (times.along(left.get(i - 1).at()) + here) / 2;
      double end = i + 1 == left.size() ? here : (times.along(left.get(i + 1).at()) + here) / 2;
      stops.add(
          new Chart.Stop(
              Chart.percent(begin),
              Chart.percent(Math.max(0, end - begin)),
              Chart.percent(here),
              i + 1 == left.size() ? Chart.percent(axis.below(point.value().doubleValue())) : "",
              false,
              times.words(point.at()) + ": " + measure.words(point.value()) + " left",
              ""));
    }
    return stops;
  }

  private String words() {
    BigDecimal end = forecast;
    String outlook =
        end == null
            ? "It is too early to say where it is heading"
            : end.signum() < 0
                ? "At this pace it does not last"
                : "At this pace " + measure.words(end) + " will be left at the end";
    return "%s: %s of %s left. %s"
        .formatted(title, measure.words(left.getLast().value()), measure.words(limit), outlook);
  }

  private List<Chart.Legend> legend() {
    Chart.Legend line = new Chart.Legend("line", "Left");
    BigDecimal end = forecast;
    return end == null
        ? List.of(line)
        : List.of(
            line,
            new Chart.Legend(
                "forecast" + (end.signum() < 0 ? " short" : ""),
                end.signum() < 0 ? "At this pace it does not last" : "If it goes on so"));
  }
}
