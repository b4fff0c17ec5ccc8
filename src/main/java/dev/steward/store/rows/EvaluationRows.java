// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.trace.span.Evaluation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/// A judgement as a row of its table, there and back.
public final class EvaluationRows {
  private EvaluationRows() {}

  public static void append(Row row, LocalDate day, Evaluation told) throws SQLException {
    row.begin()
        .day(day)
        .trace(told.traceId())
        .span(told.spanId())
        .text(told.responseId())
        .text(told.name())
        .text(told.label())
        .real(told.score())
        .text(told.explanation())
        .yes(told.outcome())
        .text(told.by())
        .at(told.at())
        .end();
  }

  public static Evaluation read(ResultSet row) throws SQLException {
    return new Evaluation(
        Ids.trace(row.getObject("trace", UUID.class)),
        Ids.spanOrNull(SpanRows.big(row, "span")),
        row.getString("response_id"),
        row.getString("name"),
        row.getString("label"),
        SpanRows.real(row, "score"),
        row.getString("explanation"),
        row.getBoolean("outcome"),
        row.getString("told_by"),
        Ids.at(row.getLong("happened")));
  }
}
