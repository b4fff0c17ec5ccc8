// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The stretch of time that a page is about, up to now.
///
/// @param key as in the address
/// @param words as in a sentence: "in the last 24 hours"
public record TimeRange(String key, String label, String words, Instant from, Instant to) {
  private record Known(String key, String label, String words, Duration length) {}

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final String USUAL = "24h";
  private static final Duration EVER = Duration.ofDays(36_500);
  private static final List<Known> KNOWN =
      List.of(
          new Known("1h", "Last hour", "in the last hour", Duration.ofHours(1)),
          new Known(USUAL, "Last 24 h", "in the last 24 hours", Duration.ofHours(24)),
          new Known("7d", "Last 7 days", "in the last 7 days", Duration.ofDays(7)),
          new Known("30d", "Last 30 days", "in the last 30 days", Duration.ofDays(30)),
          new Known("all", "All time", "since the first", EVER));

  /// The range of the address: one that we know, or two moments in UTC such as
  /// `2026-11-20T00:00..2026-11-20T06:00`; the last 24 hours where it names none.
  public static TimeRange of(@Nullable String key, Instant now) {
    TimeRange between = key == null ? null : between(key);
    if (between != null) {
      return between;
    }
    Known known = KNOWN.stream().filter(k -> k.key.equals(key)).findFirst().orElse(KNOWN.get(1));
    Instant from = known.length.equals(EVER) ? Instant.EPOCH : now.minus(known.length);
    // a sender's clock may run ahead of ours
    return new TimeRange(known.key, known.label, known.words, from, now.plusSeconds(600));
  }

  /// The key of the range between two moments, to the minute.
  public static String between(Instant from, Instant to) {
    return MOMENT.format(from) + ".." + MOMENT.format(to);
  }

  private static @Nullable TimeRange between(String key) {
    String[] ends = key.split("\\.\\.", -1);
    if (ends.length != 2) {
      return null;
    }
    try {
      Instant from = LocalDateTime.parse(ends[0], MOMENT).toInstant(ZoneOffset.UTC);
      Instant to = LocalDateTime.parse(ends[1], MOMENT).toInstant(ZoneOffset.UTC);
      String words = SHOWN.format(from) + " to " + SHOWN.format(to) + " UTC";
      return to.isAfter(from)
          ? new TimeRange(between(from, to), words, "from " + words, from, to)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  public static List<Choice> choices(String selected) {
    List<Choice> choices = new ArrayList<>();
    KNOWN.forEach(k -> choices.add(new Choice(k.key, k.label, k.key.equals(selected))));
    TimeRange between = between(selected);
    if (between != null) {
      choices.add(new Choice(between.key, between.label, true));
    }
    return choices;
  }

  /// Whether slices of it say anything.
  public boolean bounded() {
    return !from.equals(Instant.EPOCH);
  }
}
