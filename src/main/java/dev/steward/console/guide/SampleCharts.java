// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import dev.steward.console.chart.Bars;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Measure;
import dev.steward.console.chart.Trend;
import dev.steward.console.format.Moments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Charts of numbers that are made up.
final class SampleCharts {
  private static final int SLICES = 28;
  private static final int CHANGE = 19;
  private static final double[] WAVE = {0.2, -0.6, 0.9, -0.2, -1.1, 0.4, 0.1, -0.7};

  private SampleCharts() {}

  static Chart trend(Moments moments) {
    Instant from = from(moments);
    List<Trend.Point> points = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      double value = 85 + WAVE[i % WAVE.length] + (i > CHANGE ? Math.min(6, 3 * (i - CHANGE)) : 0);
      points.add(
          new Trend.Point(
              at(from, i), share(value), share(value - 2.1), share(value + 1.9), 120, "/runs"));
    }
    return new Trend(
            "Claims approved",
            Measure.SHARE,
            "",
            from,
            at(from, SLICES),
            points,
            new Trend.Baseline(share(83.2), share(86.8), "from 2,000 runs"),
            List.of(
                new Happening(
                    at(from, 7), Happening.Kind.RELEASE, "v13", "dana released v13", "/ledger"),
                new Happening(
                    at(from, CHANGE),
                    Happening.Kind.CHANGE,
                    "handbook",
                    "the handbook changed",
                    "/ledger"),
                new Happening(
                    at(from, 24), Happening.Kind.INCIDENT, "INC-31", "an incident opened", "")),
            moments.zone())
        .draw();
  }

  static Chart gaps(Moments moments) {
    Instant from = from(moments);
    List<Trend.Point> points = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      BigDecimal value =
          i % 9 == 4 || i % 9 == 5 ? null : BigDecimal.valueOf(900 + 140 * WAVE[i % WAVE.length]);
      points.add(new Trend.Point(at(from, i), value, value == null ? 0 : 40, ""));
    }
    return new Trend(
            "Duration, p95",
            Measure.DURATION,
            "",
            from,
            at(from, SLICES),
            points,
            null,
            List.of(),
            moments.zone())
        .draw();
  }

  static Chart bars(Moments moments) {
    Instant from = from(moments);
    List<Bars.Bar> bars = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      double wave = 2 + WAVE[i % WAVE.length];
      bars.add(
          new Bars.Bar(
              at(from, i),
              List.of(money(3 * wave), money(1.2 * wave), money(i % 4 == 0 ? 2 : 0)),
              i % 6 == 2 ? 4 : 0,
              "/runs"));
    }
    return new Bars(
            "Cost",
            Measure.MONEY,
            "USD",
            from,
            at(from, SLICES),
            Duration.ofHours(6),
            List.of("claims", "refunds", "research"),
            bars,
            List.of(),
            moments.zone())
        .draw();
  }

  static Chart nothing(Moments moments) {
    Instant from = from(moments);
    return new Trend(
            "Success",
            Measure.SHARE,
            "",
            from,
            at(from, SLICES),
            List.of(),
            null,
            List.of(),
            moments.zone())
        .draw();
  }

  private static Instant from(Moments moments) {
    return moments.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(7));
  }

  private static Instant at(Instant from, int slice) {
    return from.plus(Duration.ofHours(6L * slice));
  }

  private static BigDecimal share(double value) {
    return BigDecimal.valueOf(value);
  }

  private static BigDecimal money(double value) {
    return BigDecimal.valueOf(value);
  }
}
