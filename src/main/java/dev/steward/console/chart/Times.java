// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The level axis: a stretch of time as one reader's clock shows it.
public record Times(Instant from, Instant to, ZoneId zone) {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
  private static final int TICKS_MAX = 6;
  private static final double WIDTH_MIN = 0.3;
  private static final long[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720};
  private static final long DAY_MINUTES = 1_440;

  /// @throws IllegalArgumentException when it has no width
  public Times {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("a chart from " + from + " to " + to + " has no width");
    }
  }

  /// How far from the left edge a moment lies, in percent of the width.
  public double along(Instant at) {
    double whole = Duration.between(from, to).toMillis();
    return 100 * Math.min(1, Math.max(0, Duration.between(from, at).toMillis() / whole));
  }

  /// The same as a picture takes it.
  public String percent(Instant at) {
    return Chart.percent(along(at));
  }

  /// A stretch of time over the whole height; it is seen however short it is.
  public Chart.Box box(String css, Instant begin, Instant end) {
    double width = Math.max(WIDTH_MIN, along(end) - along(begin));
    return new Chart.Box(css, percent(begin), "0%", Chart.percent(width), "100%");
  }

  boolean holds(Instant at) {
    return !at.isBefore(from) && !at.isAfter(to);
  }

  /// The moment in the reader's zone.
  public String words(Instant at) {
    return WHOLE.format(at.atZone(zone));
  }

  /// Round moments with room between them.
  public List<Chart.Tick> ticks() {
    long minutes = step();
    DateTimeFormatter format =
        minutes < DAY_MINUTES ? HOUR : minutes < 60 * DAY_MINUTES ? DAY : MONTH;
    List<Chart.Tick> ticks = new ArrayList<>();
    ZonedDateTime at = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
    while (!at.toInstant().isAfter(to)) {
      double along = along(at.toInstant());
      if (!at.toInstant().isBefore(from) && along >= 3 && along <= 97) {
        ticks.add(new Chart.Tick(Chart.percent(along), format.format(at)));
      }
      at = minutes < DAY_MINUTES ? at.plusMinutes(minutes) : at.plusDays(minutes / DAY_MINUTES);
    }
    return ticks;
  }

  private long step() {
    long whole = Math.max(1, Duration.between(from, to).toMinutes());
    for (long step : STEPS) {
      if (whole / step <= TICKS_MAX) {
        return step;
      }
    }
    long days = Math.max(1, (whole / DAY_MINUTES + TICKS_MAX - 1) / TICKS_MAX);
    return days * DAY_MINUTES;
  }
}
