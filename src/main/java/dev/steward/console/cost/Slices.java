// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.filter.TimeRange;
import dev.steward.trace.run.CostQuery.By;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// How a stretch of time is cut for a chart: what the sums are asked by, and how many of those make
/// one bar.
///
/// @param by the finest that is asked for
record Slices(By by, Duration length) {
  private static final int BARS_MAX = 60;

  /// @param from of the first that is there, for a stretch without a beginning
  static Slices of(Instant from, Instant to) {
    Duration whole = Duration.between(from, to);
    if (whole.compareTo(Duration.ofHours(3)) <= 0) {
      return new Slices(By.MINUTE, Duration.ofMinutes(whole.toMinutes() <= 75 ? 2 : 5));
    }
    if (whole.compareTo(Duration.ofHours(50)) <= 0) {
      return new Slices(By.HOUR, Duration.ofHours(1));
    }
    if (whole.compareTo(Duration.ofDays(9)) <= 0) {
      return new Slices(By.HOUR, Duration.ofHours(6));
    }
    long days = Math.max(1, Math.ceilDiv(whole.toDays(), BARS_MAX));
    return new Slices(By.DAY, Duration.ofDays(days));
  }

  /// Where the bar begins that holds this value of the dimension.
  Instant start(String value) {
    Instant at =
        by == By.DAY
            ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(value);
    return floor(at);
  }

  Instant floor(Instant at) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /// The range of the bar, as pages take it in their address.
  String range(Instant start) {
    return TimeRange.between(start, start.plus(length));
  }
}
