// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The three ways in which a ledger file is opened.
final class SqliteConnections {
  private static final int BUSY_MILLIS = 10_000;

  private SqliteConnections() {}

  /// For the one writer: every commit is synced.
  static Connection writer(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /// For a reader in the writer's process.
  static Connection reader(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma query_only = on");
    }
    return connection;
  }

  /// For a reader of its own. In a folder that may not be written SQLite cannot make its shared
  /// memory file; where no write-ahead log lies beside the file nothing needs it.
  static Connection readOnly(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    Path writeAheadLog = file.resolveSibling(file.getFileName() + "-wal");
    boolean frozen = !Files.isWritable(file.toAbsolutePath().getParent());
    String url =
        frozen && !Files.exists(writeAheadLog)
            ? "jdbc:sqlite:"
                + file.toUri().toString().replace("file:///", "file:/")
                + "?immutable=1"
            : "jdbc:sqlite:" + file;
    return config.createConnection(url);
  }
}
