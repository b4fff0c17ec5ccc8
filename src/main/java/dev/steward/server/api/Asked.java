// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.http.Exchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Typed query parameters; a value that cannot be read is refused with what was wanted.
public final class Asked {
  public static final int LIMIT_MAX = 500;
  private static final int LIMIT_USUAL = 50;
  private static final int DIGITS_MAX = 30;

  private final Exchange exchange;

  public Asked(Exchange exchange) {
    this.exchange = exchange;
  }

  public Optional<String> text(String name) {
    return exchange.query(name).map(String::strip);
  }

  /// The parameter `limit`, bounded.
  public int limit() {
    int limit = read("limit", "a whole number", Integer::valueOf).orElse(LIMIT_USUAL);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw malformed("limit", Integer.toString(limit), "1 to " + LIMIT_MAX);
    }
    return limit;
  }

  public Optional<Long> number(String name) {
    return read(name, "a whole number", Long::valueOf);
  }

  public Optional<BigDecimal> decimal(String name) {
    return read(name, "a decimal number", Asked::asDecimal);
  }

  public Optional<Boolean> truth(String name) {
    return read(
        name,
        "true or false",
        v ->
            switch (v) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(v);
            });
  }

  /// Seconds such as `2.5`.
  public Optional<Duration> seconds(String name) {
    return read(
        name,
        "a number of seconds",
        v -> Duration.ofMillis(asDecimal(v).movePointRight(3).longValueExact()));
  }

  /// A moment such as `2026-11-21T06:00:00Z`, or a day, which is its first moment in UTC.
  public Optional<Instant> moment(String name) {
    return read(name, "a time such as 2026-11-21T06:00:00Z or a day", Asked::asMoment);
  }

  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name).map(v -> constant(name, v, type));
  }

  /// A list separated by commas.
  public <E extends Enum<E>> List<E> allOf(String name, Class<E> type) {
    return text(name).stream()
        .flatMap(v -> Arrays.stream(v.split(",")))
        .map(v -> constant(name, v.strip(), type))
        .toList();
  }

  private static <E extends Enum<E>> E constant(String name, String value, Class<E> type) {
    List<E> all = List.of(type.getEnumConstants());
    return all.stream()
        .filter(c -> c.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() ->
            malformed(
                name,
                value,
                "one of "
                    + String.join(
                        ", ", all.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList())));
  }

  /// Bounded: arithmetic with the exponents that BigDecimal allows takes forever or overflows.
  private static BigDecimal asDecimal(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.precision() > DIGITS_MAX || Math.abs((long) number.scale()) > DIGITS_MAX) {
      throw new IllegalArgumentException("too many digits");
    }
    return number;
  }

  private static Instant asMoment(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <T> Optional<T> read(String name, String wanted, Function<String, T> reading) {
    return text(name)
        .map(value -> {
          try {
            return reading.apply(value);
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw malformed(name, value, wanted);
          }
        });
  }

  public static ApiException malformed(String name, String value, String wanted) {
    return new ApiException(
        ErrorCode.MALFORMED,
        "The parameter " + name + " is '" + value + "': it takes " + wanted + ".");
  }
}
