// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stretch of time that a page is about, up to now.
///
/// @param key as in the address
/// @param words as in a sentence: "in the last 24 hours"
public record TimeRange(String key, String label, String words, Instant from, Instant to) {
  private record Known(String key, String label, String words, Duration length) {}

  private static final String USUAL = "24h";
  private static final Duration EVER = Duration.ofDays(36_500);
  private static final List<Known> KNOWN =
      List.of(
          new Known("1h", "Last hour", "in the last hour", Duration.ofHours(1)),
          new Known(USUAL, "Last 24 h", "in the last 24 hours", Duration.ofHours(24)),
          new Known("7d", "Last 7 days", "in the last 7 days", Duration.ofDays(7)),
          new Known("30d", "Last 30 days", "in the last 30 days", Duration.ofDays(30)),
          new Known("all", "All time", "since the first", EVER));

  /// The range of the address, the last 24 hours where it names none that we know.
  public static TimeRange of(@Nullable String key, Instant now) {
    Known known = KNOWN.stream().filter(k -> k.key.equals(key)).findFirst().orElse(KNOWN.get(1));
    Instant from = known.length.equals(EVER) ? Instant.EPOCH : now.minus(known.length);
    // a sender's clock may run ahead of ours
    return new TimeRange(known.key, known.label, known.words, from, now.plusSeconds(600));
  }

  public static List<Choice> choices(String selected) {
    return KNOWN.stream().map(k -> new Choice(k.key, k.label, k.key.equals(selected))).toList();
  }

  /// Whether slices of it say anything.
  public boolean bounded() {
    return !from.equals(Instant.EPOCH);
  }
}
