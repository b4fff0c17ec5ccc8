// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.query.Archive;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/// A consistent copy of the store: the tables as of one transaction, and the Parquet files that
/// they name. A copy is itself a store folder.
final class Backup {
  private final DuckDbSpanStore store;

  Backup(DuckDbSpanStore store) {
    this.store = store;
  }

  JournalPosition into(Path target) {
    Archive archive = store.archive();
    archive.reading().lock();
    try {
      refuseUsed(target);
      Files.createDirectories(target);
      JournalPosition position = copyTables(target.resolve("spans.duckdb"));
      for (Archive.Entry entry : archive.entries()) {
        Path copy = target.resolve(store.folder().relativize(archive.file(entry)));
        Files.createDirectories(copy.getParent());
        Files.copy(archive.file(entry), copy);
      }
      return position;
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "cannot write the backup to " + target + ": " + e.getMessage() + "; check free space",
          e);
    } catch (SQLException e) {
      throw Database.failed("back the span store up to " + target, e);
    } finally {
      archive.reading().unlock();
    }
  }

  private static void refuseUsed(Path target) throws IOException {
    if (Files.exists(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isPresent()) {
          throw new FileAlreadyExistsException(target + " is not empty");
        }
      }
    }
  }

  private JournalPosition copyTables(Path file) throws SQLException {
    String name = "'" + file.toString().replace("'", "''") + "'";
    try (Connection connection = store.database().writer().duplicate();
        Statement statement = connection.createStatement()) {
      statement.execute("attach " + name + " as backup");
      try {
        statement.execute("copy from database spans to backup");
        try (ResultSet rows =
            statement.executeQuery("select segment, place, spans from backup.loader")) {
          rows.next();
          return new JournalPosition(rows.getLong(1), rows.getLong(2), rows.getLong(3));
        }
      } finally {
        statement.execute("detach backup");
      }
    }
  }
}
