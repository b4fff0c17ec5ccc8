// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `90s`, `30m`, `12h`, `7d`.
public final class Durations {
  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s",
          Duration.ofSeconds(1),
          "m",
          Duration.ofMinutes(1),
          "h",
          Duration.ofHours(1),
          "d",
          Duration.ofDays(1));

  private Durations() {}

  public static Duration read(Fields fields, String name, Duration fallback) {
    if (!fields.has(name)) {
      return fallback;
    }
    Optional<Duration> read = of(fields.text(name));
    if (read.isEmpty()) {
      fields.flaw(name, "must be a length of time such as 90s, 30m, 12h or 7d");
    }
    return read.orElse(fallback);
  }

  /// Empty where it is not written so.
  public static Optional<Duration> of(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(
            UNITS
                .getOrDefault(written.group(2), Duration.ofSeconds(1))
                .multipliedBy(Long.parseLong(written.group(1))))
        : Optional.empty();
  }

  /// The length in the largest unit that divides it.
  public static String write(Duration length) {
    long seconds = length.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
