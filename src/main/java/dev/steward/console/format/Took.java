// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import java.time.Duration;
import java.util.Locale;

/// Stretches of time as people read them: `340 ms`, `1.2 s`, `6 min 35 s`, `3 h 4 min`, `2 d 5 h`.
public final class Took {
  private Took() {}

  public static String of(Duration duration) {
    Duration length = duration.isNegative() ? Duration.ZERO : duration;
    long nanos = length.toSeconds() > 3600 ? Long.MAX_VALUE : length.toNanos();
    if (nanos == 0) {
      return "0 ms";
    }
    if (nanos < 1_000_000) {
      return Math.max(1, nanos / 1_000) + " µs";
    }
    if (nanos < 9_950_000) {
      return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
    if (nanos < 999_500_000) {
      return Math.round(nanos / 1e6) + " ms";
    }
    if (nanos < 59_950_000_000L) {
      return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
    return coarse(length.plusMillis(500).toSeconds());
  }

  /// The same without a second unit, for how long ago: `4 s`, `3 min`, `2 h`, `6 days`.
  public static String about(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    if (seconds < 48 * 3600) {
      return seconds / 3600 + " h";
    }
    return seconds / 86_400 + " days";
  }

  private static String coarse(long seconds) {
    if (seconds < 3600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    String head = big + " " + bigUnit;
    return small == 0 ? head : head + " " + small + " " + smallUnit;
  }
}
