// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.gateway.wire.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long to wait before a provider is asked again: what it says itself, else twice as long each
/// time, with a lot of chance so that many callers do not come back together.
final class Backoff {
  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 4_000;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// @param tried how often it was asked, from 1
  Duration after(int tried) {
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tried - 1, 10));
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }

  /// What the provider asks for, empty where it says nothing that can be read.
  static Optional<Duration> said(List<Header> headers, Instant now) {
    Optional<String> millis = Header.first(headers, "retry-after-ms");
    Optional<String> after = Header.first(headers, "retry-after");
    try {
      if (millis.isPresent()) {
        return Optional.of(Duration.ofMillis((long) Double.parseDouble(millis.get().strip())));
      }
      return after.map(String::strip).map(text -> duration(text, now));
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Duration duration(String text, Instant now) {
    if (Character.isDigit(text.charAt(0))) {
      return Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
    }
    Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
  }
}
