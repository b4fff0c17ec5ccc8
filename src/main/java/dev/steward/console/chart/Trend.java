// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A number over time with its interval, the band of its baseline, and what happened meanwhile.
///
/// @param unit what the numbers are of, "" when they say it themselves
public record Trend(
    String title,
    Measure measure,
    String unit,
    Instant from,
    Instant to,
    List<Point> points,
    @Nullable Baseline baseline,
    List<Happening> happenings,
    ZoneId zone) {
  public Trend {
    points = List.copyOf(points);
    happenings = List.copyOf(happenings);
  }

  /// One measurement.
  ///
  /// @param value null where it is not known: the line has a gap there
  /// @param low where its interval begins, null without one
  /// @param n how many it was measured on
  /// @param href what it summarises, "" for nothing
  public record Point(
      Instant at,
      @Nullable BigDecimal value,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      long n,
      String href) {
    public Point(Instant at, @Nullable BigDecimal value, long n, String href) {
      this(at, value, null, null, n, href);
    }
  }

  /// Between what the number lies when all is as designed.
  ///
  /// @param words what it was measured on, such as "2,000 runs of v12"
  public record Baseline(BigDecimal low, BigDecimal high, String words) {
    boolean holds(BigDecimal value) {
      return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
    }
  }

  /// The chart of it.
  public Chart draw() {
    return new TrendDrawing(this).chart();
  }
}
