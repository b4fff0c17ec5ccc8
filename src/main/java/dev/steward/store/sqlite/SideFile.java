// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A small SQLite file beside the ledger, used by one thread at a time. Every commit is synced, and
/// what is deleted is overwritten.
final class SideFile implements AutoCloseable {
  private final Path file;
  private final Connection connection;

  private SideFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Some work on the connection.
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /// Opens the file, creating it where there is none.
  ///
  /// @param schema statement that makes the tables of this version
  /// @param version written by this program; a newer one is refused
  static SideFile open(Path file, String schema, int version) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      closeToOthers(file);
      Connection connection = SqliteConnections.writer(file);
      SideFile opened = new SideFile(file, connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma secure_delete = on");
        opened.migrate(statement, schema, version);
        return opened;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw failure(file, e);
    }
  }

  synchronized <T> T run(Work<T> work) {
    try {
      return work.run(connection);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /// Runs the work in one transaction, of which all or nothing stays.
  synchronized <T> T commit(Work<T> work) {
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /// SQLite has rolled back by itself where the disk was full; the first failure is what counts.
  private void rollback(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private void migrate(Statement statement, String schema, int version) throws SQLException {
    int found;
    try (ResultSet row = statement.executeQuery("pragma user_version")) {
      found = row.getInt(1);
    }
    if (found > version) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          file + " was written by a newer Steward (schema " + found + "); run that one");
    }
    if (found == 0) {
      statement.execute(schema);
      statement.execute("pragma user_version = " + version);
    }
  }

  /// Before it is opened: SQLite gives its log beside the file the rights that the file has.
  private static void closeToOthers(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
  }

  private static ApiException failure(Path file, Exception cause) {
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        file
            + ": "
            + cause.getMessage()
            + "; check that the disk has room and the folder may be written",
        cause);
  }
}
