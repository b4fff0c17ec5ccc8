// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.store.query.Archive;
import dev.steward.store.rows.ContentRefs;
import dev.steward.store.rows.LongText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What stays of a day that is deleted while some of its traces are held: their spans and logs, and
/// of the content what these name, through all the lists that theirs are built on.
final class HeldRows {
  private final Archive archive;
  private final LocalDate day;
  private final String traces;

  HeldRows(Archive archive, LocalDate day, Set<UUID> kept) {
    this.archive = archive;
    this.day = day;
    this.traces =
        kept.stream().map(trace -> "'" + trace + "'::uuid").collect(Collectors.joining(", "));
  }

  void write(Connection connection, DayFiles files) throws SQLException, IOException {
    files.write(connection, "spans", ofTraces("spans"));
    files.write(connection, "logs", ofTraces("logs"));
    Retention.execute(
        connection,
        "create or replace temp table named as select unnest(["
            + ContentRefs.COLUMNS
            + "]) as id from (select "
            + ContentRefs.COLUMNS
            + " from ("
            + ofTraces("spans")
            + ") union all select "
            + ContentRefs.COLUMNS
            + " from late where trace in ("
            + traces
            + "))");
    Retention.execute(
        connection,
        "create or replace temp table held_lists as with recursive reached(id) as ("
            + "select id from named union select previous from "
            + over("lists")
            + " join reached using (id) where previous is not null) select id from reached");
    files.write(
        connection,
        "lists",
        "select * from " + over("lists") + " where id in (select id from held_lists)");
    files.write(
        connection,
        "contents",
        "select * from "
            + over("contents")
            + " where hash in (select id from named union select unnest(added) from "
            + over("lists")
            + " where id in (select id from held_lists) union "
            + marked("spans", "attributes")
            + " union "
            + marked("spans", "events")
            + " union "
            + marked("spans", "resource")
            + " union "
            + marked("spans", "links")
            + " union "
            + marked("logs", "body")
            + " union "
            + marked("logs", "attributes")
            + ")");
    Retention.execute(connection, "drop table named");
    Retention.execute(connection, "drop table held_lists");
  }

  private String ofTraces(String table) {
    return "select * from " + over(table) + " where trace in (" + traces + ")";
  }

  /// Hashes of the long texts that a column names.
  private String marked(String table, String column) {
    return "select ("
        + column
        + "[length("
        + column
        + ") - 63:length("
        + column
        + ") - 32])::uuid from ("
        + ofTraces(table)
        + ") where starts_with("
        + column
        + ", '"
        + LongText.MARK
        + "')";
  }

  private String over(String table) {
    return archive.over(table, List.of(day));
  }
}
