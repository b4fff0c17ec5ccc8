// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.rows.Codes;
import dev.steward.store.rows.ContentRefs;
import dev.steward.store.rows.Ids;
import dev.steward.trace.run.RunCursor;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The conditions, order and place of a run query as SQL over the table of runs.
public final class RunSql {
  private final RunQuery query;
  private final String abandoned;
  private final String duration;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  public RunSql(RunQuery query, Silence silence, Instant now) {
    this.query = query;
    this.abandoned = abandoned(silence, now);
    this.duration = duration(abandoned);
    equal("version", query.version());
    equal("environment", query.environment());
    equal("workflow", query.workflow());
    equal("team", query.team());
    equal("conversation", query.conversation());
    equal("outcome", query.outcome());
    task();
    among("models", query.model());
    among("tool_names", query.tool());
    among("sources", query.source());
    if (query.agents() != null) {
      conditions.add(
          query.agents().isEmpty() ? "false" : "agent in (" + Ids.quoted(query.agents()) + ")");
    }
    status();
    sums();
    time();
    place();
  }

  /// True for a run that has been silent for too long.
  public static String abandoned(Silence silence, Instant now) {
    return "((status in ("
        + Codes.of(RunStatus.STARTED)
        + ", "
        + Codes.of(RunStatus.WORKING)
        + ") and last_seen < "
        + Ids.nanos(now.minus(silence.working()))
        + ") or (status = "
        + Codes.of(RunStatus.WAITING)
        + " and last_seen < "
        + Ids.nanos(now.minus(silence.waiting()))
        + "))";
  }

  /// True for a run that is open now.
  public static String open(String abandoned) {
    return "(" + Codes.open() + " and not " + abandoned + ")";
  }

  public static String duration(String abandoned) {
    return "greatest(0, if(" + open(abandoned) + ", last_seen, ended) - started)";
  }

  /// Leaves only runs whose trace first said the words on one of the days.
  public RunSql saying(String text, Archive archive, Collection<LocalDate> days) {
    List<String> words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
    StringBuilder contains = new StringBuilder("true");
    for (String word : words) {
      contains.append(" and contains(lower(body), ?)");
      parameters.add(word);
    }
    String ids =
        "(with said as (select hash from "
            + archive.over("contents", days)
            + " where "
            + contains
            + ") select hash from said union select id from (select id, unnest(added) as hash from "
            + archive.over("lists", days)
            + ") semi join said using (hash))";
    conditions.add(
        "trace in (with named as materialized "
            + ids
            + " select trace from (select trace, unnest(["
            + ContentRefs.COLUMNS
            + "]) as hash from "
            + archive.over("spans", days)
            + ") semi join named using (hash) union select trace from (select trace, unnest(["
            + ContentRefs.COLUMNS
            + "]) as hash from late) semi join named using (hash))");
    return this;
  }

  public String sql() {
    String direction = query.descending() ? " desc" : "";
    return "select * from runs"
        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
        + " order by "
        + value()
        + direction
        + ", trace"
        + direction
        + ", suffix"
        + direction
        + " limit "
        + (query.limit() + 1);
  }

  public void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }

  private void equal(String column, @Nullable String wanted) {
    if (wanted != null) {
      conditions.add(column + " = ?");
      parameters.add(wanted);
    }
  }

  private void among(String column, @Nullable String wanted) {
    if (wanted != null) {
      conditions.add("list_contains(" + column + ", ?)");
      parameters.add(wanted);
    }
  }

  private void task() {
    if (query.task() != null) {
      conditions.add("coalesce(task, replace(trace::varchar, '-', '') || suffix) = ?");
      parameters.add(query.task());
    }
  }

  private void status() {
    switch (query.status()) {
      case null -> {}
      case ABANDONED -> conditions.add(abandoned);
      case STARTED, WORKING, WAITING -> {
        conditions.add("status = " + Codes.of(query.status()));
        conditions.add("not " + abandoned);
      }
      case FINISHED, FAILED -> conditions.add("status = " + Codes.of(query.status()));
    }
  }

  private void sums() {
    if (query.costAtLeast() != null) {
      conditions.add("cost >= ?");
      parameters.add(Ids.amount(query.costAtLeast()));
    }
    if (query.costAtMost() != null) {
      conditions.add("priced > 0 and cost <= ?");
      parameters.add(Ids.amount(query.costAtMost()));
    }
    if (query.costKnown() != null) {
      conditions.add("(unknown = 0 and priced > 0) = " + query.costKnown());
    }
    if (query.durationAtLeast() != null) {
      conditions.add(duration + " >= " + query.durationAtLeast().toNanos());
    }
    if (query.durationAtMost() != null) {
      conditions.add(duration + " <= " + query.durationAtMost().toNanos());
    }
    if (query.errors() != null) {
      conditions.add("(errors > 0) = " + query.errors());
    }
  }

  private void time() {
    if (query.from() != null) {
      conditions.add("started >= " + Ids.nanos(query.from()));
    }
    if (query.to() != null) {
      conditions.add("started < " + Ids.nanos(query.to()));
    }
  }

  private String value() {
    return switch (query.sort()) {
      case STARTED -> "least(started, last_seen)";
      case DURATION -> duration;
      case COST ->
          "if(priced = 0, "
              + RunCursor.unknownCost(query.descending()).toPlainString()
              + "::decimal(38, 18), cost)";
      case STEPS -> "steps";
      case ERRORS -> "errors";
    };
  }

  private void place() {
    RunCursor cursor = RunCursor.of(query);
    if (cursor == null) {
      return;
    }
    if (cursor.id().length() < 32 || !Ids.isTrace(cursor.id().substring(0, 32))) {
      throw new ApiException(
          ErrorCode.MALFORMED, "the cursor is not one of ours: leave it out to begin anew");
    }
    String before = query.descending() ? " < " : " > ";
    conditions.add(
        "("
            + value()
            + before
            + "? or ("
            + value()
            + " = ? and (trace, suffix)"
            + before
            + "(?::uuid, ?)))");
    Object value = number(cursor.value());
    parameters.add(value);
    parameters.add(value);
    parameters.add(Ids.trace(cursor.id().substring(0, 32)).toString());
    parameters.add(cursor.id().substring(32));
  }

  private Object number(BigDecimal value) {
    return switch (query.sort()) {
      case COST -> Ids.amount(value);
      case STARTED, DURATION, STEPS, ERRORS ->
          value
              .min(BigDecimal.valueOf(Long.MAX_VALUE))
              .max(BigDecimal.valueOf(Long.MIN_VALUE))
              .longValue();
    };
  }
}
