// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.store.query.Archive;
import dev.steward.store.rows.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The Parquet files of one day while a transaction changes them.
final class DayFiles {
  private final Archive archive;
  private final LocalDate day;
  private final List<String> older;
  private final int generation;
  private final Map<String, Long> written = new HashMap<>();

  DayFiles(Archive archive, LocalDate day) {
    this.archive = archive;
    this.day = day;
    this.older =
        archive.entries().stream()
            .filter(entry -> entry.day().equals(day))
            .map(Archive.Entry::file)
            .collect(Collectors.toCollection(ArrayList::new));
    this.generation =
        1
            + older.stream()
                .mapToInt(file -> Integer.parseInt(file.replaceAll("\\D", "")))
                .max()
                .orElse(0);
  }

  /// Writes the rows of a query to a new file of the table, if there are any, and lists it.
  void write(Connection connection, String table, String query) throws SQLException, IOException {
    if (copy(connection, table, query) > 0) {
      list(connection, table);
    }
  }

  /// Writes the rows of a query to a new file of the table, if there are any. The file is nobody's
  /// until it is listed.
  ///
  /// @return how many they were
  long copy(Connection connection, String table, String query) throws SQLException, IOException {
    Path folder = archive.folder(day);
    Files.createDirectories(folder);
    Path file = folder.resolve(name(table));
    long rows = copy(connection, query, file);
    if (rows == 0) {
      Files.delete(file);
    } else {
      written.put(table, rows);
    }
    return rows;
  }

  /// How many rows of the table were written.
  long rows(String table) {
    return written.getOrDefault(table, 0L);
  }

  private String name(String table) {
    return table + "-" + generation + ".parquet";
  }

  /// Makes the file of the table one of the day's.
  void list(Connection connection, String table) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into archive values (?, ?, ?, ?)")) {
      insert.setObject(1, day);
      insert.setString(2, table);
      insert.setString(3, name(table));
      insert.setLong(4, rows(table));
      insert.execute();
    }
  }

  private static long copy(Connection connection, String query, Path file)
      throws SQLException, IOException {
    String target = "'" + file.toString().replace("'", "''") + "'";
    long rows;
    try (Statement statement = connection.createStatement()) {
      rows =
          statement.executeLargeUpdate(
              "copy (" + query + ") to " + target + " (format parquet, compression zstd)");
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    return rows;
  }

  /// Forgets the files that were there before.
  void dropOlder(Connection connection) throws SQLException {
    if (!older.isEmpty()) {
      Retention.execute(
          connection,
          "delete from archive where day = '" + day + "' and file in (" + Ids.quoted(older) + ")");
    }
  }
}
