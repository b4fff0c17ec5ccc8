// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Ids, hashes, times and amounts as they lie in columns: short, and of a fixed width where that
/// can be had.
public final class Ids {
  private static final BigDecimal AMOUNT_MAX = BigDecimal.TEN.pow(18);
  private static final Instant EARLIEST = at(Long.MIN_VALUE / 2);
  private static final Instant LATEST = at(Long.MAX_VALUE);

  private Ids() {}

  public static UUID trace(String traceId) {
    return new UUID(
        Long.parseUnsignedLong(traceId, 0, 16, 16), Long.parseUnsignedLong(traceId, 16, 32, 16));
  }

  public static String trace(UUID trace) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(trace.getMostSignificantBits())
        + hex.toHexDigits(trace.getLeastSignificantBits());
  }

  public static boolean isTrace(String text) {
    return text.length() == 32 && isHex(text);
  }

  public static boolean isSpan(String text) {
    return text.length() == 16 && isHex(text);
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  public static long span(String spanId) {
    return Long.parseUnsignedLong(spanId, 16);
  }

  public static String span(long span) {
    return HexFormat.of().toHexDigits(span);
  }

  public static @Nullable String spanOrNull(@Nullable Long span) {
    return span == null ? null : span(span.longValue());
  }

  /// The first 128 bits of a hash: enough that nobody finds two bodies with the same.
  public static UUID half(Digest digest) {
    return new UUID(digest.first(), digest.second());
  }

  public static UUID otherHalf(Digest digest) {
    return new UUID(digest.third(), digest.fourth());
  }

  public static Digest digest(UUID high, UUID low) {
    return new Digest(
        high.getMostSignificantBits(),
        high.getLeastSignificantBits(),
        low.getMostSignificantBits(),
        low.getLeastSignificantBits());
  }

  /// Nanoseconds since 1970, at the ends of what 64 bits can say for times beyond.
  public static long nanos(Instant at) {
    if (at.isBefore(EARLIEST)) {
      return nanos(EARLIEST);
    }
    if (at.isAfter(LATEST)) {
      return Long.MAX_VALUE;
    }
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  public static Instant at(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// An amount that fits its column.
  public static BigDecimal amount(BigDecimal amount) {
    return amount.min(AMOUNT_MAX).max(AMOUNT_MAX.negate()).setScale(18, RoundingMode.HALF_EVEN);
  }

  /// Ids as one parameter, read in SQL by `ANY_OF`.
  public static String joined(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }

  /// A condition on a column: one of the ids in a parameter made by `joined`.
  public static String anyOf(String column) {
    return column + " in (select unnest(string_split(?, ','))::uuid)";
  }

  public static String quoted(Iterable<String> texts) {
    StringBuilder list = new StringBuilder();
    for (Iterator<String> each = texts.iterator(); each.hasNext(); ) {
      list.append('\'').append(each.next().replace("'", "''")).append('\'');
      list.append(each.hasNext() ? ", " : "");
    }
    return list.toString();
  }

  public static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  public static String nullToEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
