// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.store.rows.Ids;
import dev.steward.store.rows.Tables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/// Which Parquet files belong to which day, and how to read a table over them and the hot rows
/// together. Whoever reads holds the read lock from looking up the day until the last row is read.
public final class Archive {
  /// Tables that move to Parquet. All others are small and stay, so that a late fact only replaces
  /// a row.
  public static final List<String> TABLES = List.of("spans", "contents", "lists", "logs", "points");

  private static final String FILE_ROWS = ", hive_partitioning = false, file_row_number = true)";

  public record Entry(LocalDate day, String table, String file, long rows) {}

  private final Path folder;
  private final ReadWriteLock swap = new ReentrantReadWriteLock();
  private volatile List<Entry> entries = List.of();

  public Archive(Path folder) {
    this.folder = folder;
  }

  public void load(Tables database) {
    entries =
        database.read(
            "select day, kind, file, rows from archive",
            _ -> {},
            row ->
                new Entry(
                    row.getObject("day", LocalDate.class),
                    row.getString("kind"),
                    row.getString("file"),
                    row.getLong("rows")));
  }

  public Lock reading() {
    return swap.readLock();
  }

  public Lock swapping() {
    return swap.writeLock();
  }

  public List<Entry> entries() {
    return entries;
  }

  public Path folder() {
    return folder;
  }

  public Path folder(LocalDate day) {
    return folder.resolve("day=" + day);
  }

  public Path file(Entry entry) {
    return folder(entry.day()).resolve(entry.file());
  }

  /// Days that have files, in order.
  public NavigableSet<LocalDate> days() {
    return entries.stream().map(Entry::day).collect(Collectors.toCollection(TreeSet::new));
  }

  /// Files by day, the newest day first.
  public List<List<Entry>> byDay(String table) {
    TreeMap<LocalDate, List<Entry>> days = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.table().equals(table)) {
        days.computeIfAbsent(entry.day(), _ -> new ArrayList<>()).add(entry);
      }
    }
    return List.copyOf(days.descendingMap().values());
  }

  /// A table over the days as it stands in `from`, under its own name.
  public String over(String table, Collection<LocalDate> days) {
    String hot = "select * from " + table + " where " + within(days);
    List<String> files =
        entries.stream()
            .filter(entry -> entry.table().equals(table) && days.contains(entry.day()))
            .map(entry -> file(entry).toString())
            .toList();
    String cold = files.isEmpty() ? "" : " union all by name " + select(files);
    return "(" + hot + cold + ") as " + table;
  }

  /// A query for the rows of a table whose key is one of the ids in its one parameter. The places
  /// of the rows are found first, so that no wide column is read for any other row.
  public String pick(String table, Collection<LocalDate> days, String columns, String key) {
    String among = key + " in (select id from ids)";
    StringBuilder sql =
        new StringBuilder(
                "with ids as materialized (select unnest(string_split(?, ','))::uuid as id) ")
            .append(picked(columns, table, "rowid", within(days) + " and " + among));
    for (Entry entry : entries) {
      if (entry.table().equals(table) && days.contains(entry.day())) {
        String rows = "read_parquet(" + Ids.quoted(List.of(file(entry).toString())) + FILE_ROWS;
        sql.append(" union all ").append(picked(columns, rows, "file_row_number", among));
      }
    }
    return sql.toString();
  }

  private static String picked(String columns, String from, String place, String condition) {
    return "select "
        + columns
        + " from "
        + from
        + " where "
        + place
        + " in (select "
        + place
        + " from "
        + from
        + " where "
        + condition
        + ")";
  }

  private static String within(Collection<LocalDate> days) {
    return days.isEmpty()
        ? "false"
        : "day in (" + Ids.quoted(days.stream().map(LocalDate::toString).toList()) + ")";
  }

  public static String select(List<String> files) {
    return "select * from read_parquet(["
        + Ids.quoted(files)
        + "], hive_partitioning = false, union_by_name = true)";
  }
}
