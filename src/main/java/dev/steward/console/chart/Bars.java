// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Amounts by slice of time, each bar stacked of the same parts; what is unknown of a slice has no
/// height and is marked on top.
///
/// @param unit what the numbers are of, such as USD
/// @param parts names of what each bar is stacked of, up to seven, the first at the bottom
public record Bars(
    String title,
    Measure measure,
    String unit,
    Instant from,
    Instant to,
    Duration slice,
    List<String> parts,
    List<Bar> bars,
    List<Happening> happenings,
    ZoneId zone) {
  private static final int PARTS_MAX = 7;

  public Bars {
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
    happenings = List.copyOf(happenings);
    if (parts.isEmpty() || parts.size() > PARTS_MAX) {
      throw new IllegalArgumentException("a bar has 1 to 7 parts, not " + parts.size());
    }
  }

  /// One slice.
  ///
  /// @param at where the slice begins
  /// @param parts in the order of the names
  /// @param unknown how many things have no amount
  /// @param href what it summarises, "" for nothing
  public record Bar(Instant at, List<BigDecimal> parts, long unknown, String href) {
    public Bar {
      parts = List.copyOf(parts);
    }

    BigDecimal sum() {
      return parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /// The chart of it.
  public Chart draw() {
    return new BarsDrawing(this).chart();
  }
}
