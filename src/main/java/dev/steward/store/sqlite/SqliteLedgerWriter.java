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

/// The connection that writes; one transaction at a time.
final class SqliteLedgerWriter implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final PreparedStatement entryInsert;
  private final PreparedStatement tileInsert;
  private final PreparedStatement blobInsert;
  private final PreparedStatement checkpointInsert;
  private final PreparedStatement cosignatureInsert;

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
      entryInsert =
          connection.prepareStatement(
              "insert into entries (entry_index, bodies, data) values (?, ?, ?)");
      tileInsert =
          connection.prepareStatement(
              "insert into tiles (level, tile_index, hashes) values (?, ?, ?)"
                  + " on conflict (level, tile_index) do update set hashes = excluded.hashes");
      blobInsert =
          connection.prepareStatement(
              "insert into blobs (digest, entry_index, bytes) values (?, ?, ?)"
                  + " on conflict (digest) do nothing");
      checkpointInsert =
          connection.prepareStatement("insert into checkpoints (size, note) values (?, ?)");
      cosignatureInsert =
          connection.prepareStatement(
              "insert into cosignatures (size, line) values (?, ?) on conflict do nothing");
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  void append(List<StoredEntry> entries, List<Tile> tiles, List<StoredBlob> blobs) {
    transact(() -> {
      for (StoredEntry entry : entries) {
        entryInsert.setLong(1, entry.index());
        entryInsert.setBytes(2, entry.bodies());
        entryInsert.setBytes(3, entry.data());
        entryInsert.executeUpdate();
      }
      for (Tile tile : tiles) {
        tileInsert.setInt(1, tile.level());
        tileInsert.setLong(2, tile.index());
        tileInsert.setBytes(3, tile.hashes());
        tileInsert.executeUpdate();
      }
      for (StoredBlob blob : blobs) {
        blobInsert.setBytes(1, blob.digest().bytes());
        blobInsert.setLong(2, blob.entry());
        blobInsert.setBytes(3, blob.bytes());
        blobInsert.executeUpdate();
      }
    });
  }

  void addCheckpoint(long size, byte[] note) {
    transact(() -> {
      checkpointInsert.setLong(1, size);
      checkpointInsert.setBytes(2, note);
      checkpointInsert.executeUpdate();
    });
  }

  void addCosignature(long size, byte[] line) {
    transact(() -> {
      cosignatureInsert.setLong(1, size);
      cosignatureInsert.setBytes(2, line);
      cosignatureInsert.executeUpdate();
    });
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
