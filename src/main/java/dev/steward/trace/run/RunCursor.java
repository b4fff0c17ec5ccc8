// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a sorted list of runs: behind the run with this sort value and id. It names no row
/// number, so runs that arrive meanwhile neither shift nor repeat a page.
///
/// @param value the sort value: nanoseconds, an amount or a count
public record RunCursor(RunQuery.Sort sort, boolean descending, BigDecimal value, String id) {

  /// Where a run of unknown cost stands: behind all others in either order.
  private static final BigDecimal BEYOND = BigDecimal.TEN.pow(18);

  /// The place behind a run in the query's order, as clients send it back.
  public static String behind(RunQuery query, Run run) {
    return new RunCursor(query.sort(), query.descending(), value(query, run), run.id()).text();
  }

  /// What the query sorts the run by. Of a run whose sender's clock is ahead it is when we heard of
  /// it, or it would be the newest for years.
  public static BigDecimal value(RunQuery query, Run run) {
    return switch (query.sort()) {
      case STARTED ->
          nanos(run.startedAt().isBefore(run.lastSeen()) ? run.startedAt() : run.lastSeen());
      case DURATION -> BigDecimal.valueOf(run.duration().toNanos());
      case COST -> run.cost().priced() == 0 ? unknownCost(query.descending()) : run.cost().amount();
      case STEPS -> BigDecimal.valueOf(run.steps());
      case ERRORS -> BigDecimal.valueOf(run.errors());
    };
  }

  /// What stands for an unknown cost in this order.
  public static BigDecimal unknownCost(boolean descending) {
    return descending ? BEYOND.negate() : BEYOND;
  }

  private static BigDecimal nanos(Instant at) {
    return BigDecimal.valueOf(at.getEpochSecond())
        .multiply(BigDecimal.valueOf(1_000_000_000))
        .add(BigDecimal.valueOf(at.getNano()));
  }

  /// The place that the query's cursor names, null when it asks for the first page.
  public static @Nullable RunCursor of(RunQuery query) {
    if (query.cursor() == null) {
      return null;
    }
    RunCursor cursor = parse(query.cursor());
    if (cursor.sort != query.sort() || cursor.descending != query.descending()) {
      throw unreadable(query.cursor());
    }
    return cursor;
  }

  /// The opaque form that clients send back.
  public String text() {
    String plain = sort + "|" + (descending ? "d" : "a") + "|" + value.toPlainString() + "|" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static RunCursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> parts = List.of(plain.split("\\|", 4));
      if (parts.size() != 4 || parts.get(2).length() > 60 || parts.get(3).length() > 60) {
        throw unreadable(text);
      }
      return new RunCursor(
          RunQuery.Sort.valueOf(parts.get(0)),
          parts.get(1).equals("d"),
          new BigDecimal(parts.get(2)),
          parts.get(3));
    } catch (IllegalArgumentException _) {
      throw unreadable(text);
    }
  }

  private static ApiException unreadable(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new ApiException(
        ErrorCode.MALFORMED,
        "cursor '"
            + shown
            + "' does not belong to this list: use `next` of the page before with the same sort,"
            + " or leave it out to begin anew");
  }
}
