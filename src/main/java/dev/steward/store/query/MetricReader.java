// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.store.rows.Ids;
import dev.steward.store.rows.Tables;
import dev.steward.trace.MetricQueries;
import dev.steward.trace.span.MetricPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the points of metrics over the days they were received on.
public final class MetricReader implements MetricQueries {
  private static final String WANTED = "(name = ? or replace(id::varchar, '-', '') = ?)";

  private final Tables database;
  private final Archive archive;

  public MetricReader(Tables database, Archive archive) {
    this.database = database;
    this.archive = archive;
  }

  @Override
  public List<Series> series(@Nullable String name, @Nullable Series after, int limit) {
    List<String> conditions = new ArrayList<>(List.of("true"));
    List<Object> parameters = new ArrayList<>();
    if (name != null) {
      conditions.add(WANTED);
      parameters.add(name);
      parameters.add(name);
    }
    if (after != null) {
      conditions.add("(name, id) > (?, ?::uuid)");
      parameters.add(after.name());
      parameters.add(Ids.trace(after.id()).toString());
    }
    return database.read(
        "select id, name, any_value(series) as series from series where "
            + String.join(" and ", conditions)
            + " group by id, name order by name, id limit "
            + limit,
        statement -> {
          for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
          }
        },
        row ->
            new Series(
                Ids.trace(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("series")));
  }

  @Override
  public List<Point> points(
      String metric, Instant from, Instant to, @Nullable Point after, int limit) {
    archive.reading().lock();
    try {
      List<LocalDate> days = days(metric, from);
      long begin = after == null ? Ids.nanos(from) : Ids.nanos(after.point().at());
      String behind = after == null ? "" : " and (happened, series) > (?, ?::uuid)";
      return database.read(
          "select p.happened, p.series, s.name, s.line, any_value(p.value) as value from (select *"
              + " from "
              + archive.over("points", days)
              + " where happened >= ? and happened < ?"
              + behind
              + ") as p join (select id, name, any_value(series) as line from series where "
              + WANTED
              + " group by id, name) as s on p.series = s.id group by all order by p.happened,"
              + " p.series limit "
              + limit,
          statement -> {
            int at = 1;
            statement.setLong(at++, begin);
            statement.setLong(at++, Ids.nanos(to));
            if (after != null) {
              statement.setLong(at++, begin);
              statement.setString(at++, Ids.trace(after.series()).toString());
            }
            statement.setString(at++, metric);
            statement.setString(at, metric);
          },
          row ->
              new Point(
                  Ids.trace(row.getObject("series", UUID.class)),
                  new MetricPoint(
                      row.getString("name"),
                      row.getString("line"),
                      Ids.at(row.getLong("happened")),
                      row.getString("value"))));
    } finally {
      archive.reading().unlock();
    }
  }

  /// A point lies on the day it was received, which is not before the day it tells of, give or take
  /// a sender's clock.
  private List<LocalDate> days(String metric, Instant from) {
    LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
    return database.read(
        "select distinct day from series where day >= ?::date and " + WANTED,
        statement -> {
          statement.setString(1, first.toString());
          statement.setString(2, metric);
          statement.setString(3, metric);
        },
        row -> row.getObject("day", LocalDate.class));
  }
}
