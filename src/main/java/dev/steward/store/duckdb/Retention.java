// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.query.Archive;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.RunRows;
import dev.steward.trace.Holds;
import dev.steward.trace.assembly.AssembledRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Moves days that are no longer hot to Parquet, and deletes days past their time except what a
/// legal hold names. A day is copied while writing goes on; writing waits only while its rows are
/// taken out and its files listed.
public final class Retention {
  private static final List<String> INDEX =
      List.of("runs", "cost_lines", "evaluations", "late", "series");

  private final DuckDbSpanStore store;
  private final DuckDbConfig config;
  private final Holds holds;

  private final Runnable copied;

  public Retention(DuckDbSpanStore store, DuckDbConfig config, Holds holds) {
    this(store, config, holds, () -> {});
  }

  /// @param copied runs when a day is copied and not yet moved
  Retention(DuckDbSpanStore store, DuckDbConfig config, Holds holds, Runnable copied) {
    this.store = store;
    this.config = config;
    this.holds = holds;
    this.copied = copied;
  }

  /// What one pass did.
  ///
  /// @param archived days of which rows moved to Parquet
  /// @param deleted days deleted, but for what is held
  /// @param held traces of those days that a hold kept
  public record Done(int archived, int deleted, int held) {}

  /// Does what is due; the server calls it once a day.
  public synchronized Done run(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate firstHot = today.minusDays(config.hotDays() - 1L);
    LocalDate firstKept = today.minusDays(config.keepDays() - 1L);
    int held = 0;
    int deleted = 0;
    for (LocalDate day : days().headSet(firstKept)) {
      Set<UUID> kept = held(day);
      if (kept.isEmpty() || holdsMore(day, kept)) {
        delete(day, kept);
        deleted++;
      }
      held += kept.size();
    }
    int archived = 0;
    for (LocalDate day : hotDays().headSet(firstHot)) {
      archive(day);
      archived++;
    }
    sweep();
    return new Done(archived, deleted, held);
  }

  private NavigableSet<LocalDate> hotDays() {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (String table : Archive.TABLES) {
      days.addAll(days(table));
    }
    return days;
  }

  private NavigableSet<LocalDate> days() {
    NavigableSet<LocalDate> days = hotDays();
    INDEX.forEach(table -> days.addAll(days(table)));
    days.addAll(store.archive().days());
    return days;
  }

  private List<LocalDate> days(String table) {
    return store
        .database()
        .read(
            "select distinct day from " + table,
            _ -> {},
            row -> row.getObject("day", LocalDate.class));
  }

  private Set<UUID> held(LocalDate day) {
    return store
        .database()
        .read(
            "select * from runs where day = ?",
            statement -> statement.setObject(1, day),
            RunRows::read)
        .stream()
        .map(AssembledRun::run)
        .filter(holds::hold)
        .map(run -> Ids.trace(run.traceId()))
        .collect(Collectors.toSet());
  }

  /// Whether the day has anything beside the traces that are held.
  private boolean holdsMore(LocalDate day, Set<UUID> kept) {
    return !store
        .database()
        .read(
            "select 1 from runs where day = ? and not " + Ids.anyOf("trace") + " limit 1",
            statement -> {
              statement.setObject(1, day);
              statement.setString(2, Ids.joined(kept));
            },
            _ -> true)
        .isEmpty();
  }

  /// Moves the hot rows of one day into new files beside those it has. Rows of the day that are
  /// written meanwhile stay hot until the next pass.
  private void archive(LocalDate day) {
    DayFiles files = new DayFiles(store.archive(), day);
    try {
      store
          .database()
          .reading(connection -> {
            copy(connection, files, day);
            return files;
          });
    } catch (SQLException e) {
      throw Database.failed("copy the day " + day + " of the span store", e);
    }
    copied.run();
    changePlace(
        day,
        (connection, _) -> {
          for (String table : Archive.TABLES) {
            if (files.rows(table) > 0) {
              deleteFirst(connection, table, day, files.rows(table));
              files.list(connection, table);
            }
          }
        });
  }

  /// All tables as they are at one moment.
  private static void copy(Connection connection, DayFiles files, LocalDate day)
      throws SQLException {
    execute(connection, "begin transaction");
    try {
      for (String table : Archive.TABLES) {
        String rows = "select * from " + table + " where day = '" + day + "'";
        files.copy(connection, table, rows);
      }
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      execute(connection, "rollback");
    }
  }

  /// Rows are only ever appended, so what was copied are the day's first.
  private static void deleteFirst(Connection connection, String table, LocalDate day, long rows)
      throws SQLException {
    String ofDay = " from " + table + " where day = '" + day + "'";
    execute(
        connection,
        "delete"
            + ofDay
            + " and rowid <= (select max(rowid) from (select rowid"
            + ofDay
            + " order by rowid limit "
            + rows
            + "))");
  }

  /// Deletes a day, keeping the held traces in new files.
  private void delete(LocalDate day, Set<UUID> kept) {
    Archive archive = store.archive();
    changePlace(
        day,
        (connection, files) -> {
          if (!kept.isEmpty()) {
            new HeldRows(archive, day, kept).write(connection, files);
          }
          for (String table : Archive.TABLES) {
            execute(connection, "delete from " + table + " where day = '" + day + "'");
          }
          for (String table : INDEX) {
            boolean ofTraces = !table.equals("series");
            deleteBut(connection, table, day, ofTraces ? kept : Set.of());
          }
          files.dropOlder(connection);
        });
    store.batches().forgetDay(day);
  }

  private static void deleteBut(Connection connection, String table, LocalDate day, Set<UUID> kept)
      throws SQLException {
    String sql = "delete from " + table + " where day = '" + day + "'";
    if (kept.isEmpty()) {
      execute(connection, sql);
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement(sql + " and not " + Ids.anyOf("trace"))) {
      delete.setString(1, Ids.joined(kept));
      delete.execute();
    }
  }

  @FunctionalInterface
  private interface Change {
    void make(Connection connection, DayFiles files) throws SQLException, IOException;
  }

  /// Makes the change in one transaction; files of the day are listed or forgotten with it.
  private void changePlace(LocalDate day, Change change) {
    Archive archive = store.archive();
    Connection connection = store.database().writer();
    store.writing().lock();
    archive.swapping().lock();
    try (Statement statement = connection.createStatement()) {
      DayFiles files = new DayFiles(archive, day);
      statement.execute("begin transaction");
      try {
        change.make(connection, files);
        statement.execute("commit");
      } catch (SQLException | IOException | RuntimeException e) {
        statement.execute("rollback");
        throw e;
      }
      archive.load(store.database());
      store.batches().forgetDay(day);
    } catch (SQLException e) {
      throw Database.failed("move the day " + day + " of the span store", e);
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      archive.swapping().unlock();
      store.writing().unlock();
    }
  }

  /// Removes files that no day lists: leftovers of a pass that did not come to its end, and days
  /// that were deleted.
  private void sweep() {
    Archive archive = store.archive();
    Path folder = archive.folder();
    if (!Files.exists(folder)) {
      return;
    }
    Set<Path> listed = archive.entries().stream().map(archive::file).collect(Collectors.toSet());
    archive.swapping().lock();
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = new ArrayList<>(all.toList()).reversed();
      for (Path path : deepestFirst) {
        boolean empty = Files.isDirectory(path) && isEmpty(path) && !path.equals(folder);
        if (empty || (Files.isRegularFile(path) && !listed.contains(path))) {
          Files.delete(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw unwritable(e);
    } finally {
      archive.swapping().unlock();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private static ApiException unwritable(Exception e) {
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        "cannot change the archive of the span store: " + e.getMessage() + "; check free space",
        e);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
