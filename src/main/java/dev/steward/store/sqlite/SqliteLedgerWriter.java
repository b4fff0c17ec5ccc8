// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.tile.Tile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The connection that writes; one transaction at a time. Statements live as long as their
/// transaction, because the driver closes one that was refused.
final class SqliteLedgerWriter implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();

  /// Statements of one transaction.
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  SqliteLedgerWriter(Path file) throws SQLException {
    this.file = file;
    this.connection = SqliteConnections.writer(file);
    try {
      SqliteSchema.migrate(file, connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  void append(List<StoredEntry> entries, List<Tile> tiles, List<StoredBlob> blobs) {
    transact(() -> {
      insertEntries(entries);
      upsertTiles(tiles);
      if (!blobs.isEmpty()) {
        insertBlobs(blobs);
      }
    });
  }

  void addCheckpoint(long size, byte[] note) {
    transact(() -> insert("insert into checkpoints (size, note) values (?, ?)", size, note));
  }

  void addCosignature(long size, byte[] line) {
    transact(() ->
        insert(
            "insert into cosignatures (size, line) values (?, ?) on conflict do nothing",
            size,
            line));
  }

  private void insertEntries(List<StoredEntry> entries) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into entries (entry_index, bodies, data) values (?, ?, ?)")) {
      for (StoredEntry entry : entries) {
        statement.setLong(1, entry.index());
        statement.setBytes(2, entry.bodies());
        statement.setBytes(3, entry.data());
        statement.executeUpdate();
      }
    }
  }

  private void upsertTiles(List<Tile> tiles) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into tiles (level, tile_index, hashes) values (?, ?, ?)"
                + " on conflict (level, tile_index) do update set hashes = excluded.hashes")) {
      for (Tile tile : tiles) {
        statement.setInt(1, tile.level());
        statement.setLong(2, tile.index());
        statement.setBytes(3, tile.hashes());
        statement.executeUpdate();
      }
    }
  }

  private void insertBlobs(List<StoredBlob> blobs) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into blobs (digest, entry_index, bytes) values (?, ?, ?)"
                + " on conflict (digest) do nothing")) {
      for (StoredBlob blob : blobs) {
        statement.setBytes(1, blob.digest().bytes());
        statement.setLong(2, blob.entry());
        statement.setBytes(3, blob.bytes());
        statement.executeUpdate();
      }
    }
  }

  private void insert(String sql, long size, byte[] bytes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, size);
      statement.setBytes(2, bytes);
      statement.executeUpdate();
    }
  }

  void limitPages(long pagesMax) {
    lock.lock();
    try {
      execute("pragma max_page_count = " + pagesMax);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      lock.unlock();
    }
  }

  private void transact(Work work) {
    lock.lock();
    try {
      execute("begin immediate");
      try {
        work.run();
        execute("commit");
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      lock.unlock();
    }
  }

  /// SQLite has rolled back by itself after some failures, such as a full disk.
  private void rollBack(Throwable cause) {
    try {
      execute("rollback");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      connection.close();
    } finally {
      lock.unlock();
    }
  }
}
