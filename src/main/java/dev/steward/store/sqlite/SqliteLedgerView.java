// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.Digest;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredCheckpoint;
import dev.steward.ledger.storage.StoredEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A read transaction on a ledger file.
final class SqliteLedgerView implements LedgerView {
  private static final int DIGEST_LENGTH = 32;

  private final Path file;
  private final SqliteReaders readers;
  private final Connection connection;
  private final long size;

  /// Sets the parameters of a statement.
  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  /// Reads one row.
  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  SqliteLedgerView(Path file, SqliteReaders readers) throws SQLException {
    this.file = file;
    this.readers = readers;
    this.connection = readers.take();
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin");
      try (ResultSet row = statement.executeQuery("select max(entry_index) + 1 from entries")) {
        this.size = row.getLong(1);
      }
    } catch (SQLException e) {
      readers.discard(connection);
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public List<StoredEntry> entries(long from, int count) {
    return rows(
        "select entry_index, data, bodies from entries where entry_index >= ?"
            + " order by entry_index limit ?",
        statement -> {
          statement.setLong(1, from);
          statement.setInt(2, count);
        },
        row -> new StoredEntry(row.getLong(1), bytes(row, 2), bytes(row, 3)));
  }

  @Override
  public Optional<byte[]> tile(int level, long index) {
    return rows(
            "select hashes from tiles where level = ? and tile_index = ?",
            statement -> {
              statement.setInt(1, level);
              statement.setLong(2, index);
            },
            row -> bytes(row, 1))
        .stream()
        .findFirst();
  }

  @Override
  public long tileCount() {
    return count("select count(*) from tiles");
  }

  @Override
  public Optional<StoredBlob> blob(Digest digest) {
    return rows(
            "select entry_index, bytes from blobs where digest = ?",
            statement -> statement.setBytes(1, digest.bytes()),
            row -> new StoredBlob(digest, row.getLong(1), bytes(row, 2)))
        .stream()
        .findFirst();
  }

  @Override
  public List<StoredBlob> blobsAfter(Optional<Digest> digest, int count) {
    return rows(
        "select digest, entry_index from blobs where digest > ? order by digest limit ?",
        statement -> {
          statement.setBytes(1, digest.map(Digest::bytes).orElse(new byte[0]));
          statement.setInt(2, count);
        },
        row -> new StoredBlob(digest(bytes(row, 1)), row.getLong(2), new byte[0]));
  }

  @Override
  public List<StoredCheckpoint> checkpoints(long fromSize, int count) {
    return withCosignatures(
        "select size, note from checkpoints where size >= ? order by size limit ?",
        statement -> {
          statement.setLong(1, fromSize);
          statement.setInt(2, count);
        });
  }

  @Override
  public Optional<StoredCheckpoint> lastCheckpoint() {
    return withCosignatures(
            "select size, note from checkpoints order by size desc limit 1", _ -> {})
        .stream()
        .findFirst();
  }

  @Override
  public Optional<StoredCheckpoint> lastCosignedCheckpoint() {
    return withCosignatures(
            "select size, note from checkpoints"
                + " where size = (select max(size) from cosignatures)",
            _ -> {})
        .stream()
        .findFirst();
  }

  @Override
  public long cosignatureCount() {
    return count("select count(*) from cosignatures");
  }

  @Override
  public List<String> damage() {
    return rows("pragma integrity_check", _ -> {}, row -> row.getString(1)).stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  private List<StoredCheckpoint> withCosignatures(String sql, Parameters parameters) {
    List<StoredCheckpoint> bare =
        rows(
            sql, parameters, row -> new StoredCheckpoint(row.getLong(1), bytes(row, 2), List.of()));
    List<StoredCheckpoint> whole = new ArrayList<>(bare.size());
    for (StoredCheckpoint checkpoint : bare) {
      List<byte[]> lines =
          rows(
              "select line from cosignatures where size = ? order by line",
              statement -> statement.setLong(1, checkpoint.size()),
              row -> bytes(row, 1));
      whole.add(new StoredCheckpoint(checkpoint.size(), checkpoint.note(), lines));
    }
    return whole;
  }

  private long count(String sql) {
    return rows(sql, _ -> {}, row -> row.getLong(1)).getFirst();
  }

  private <T> List<T> rows(String sql, Parameters parameters, Row<T> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  /// SQLite checks "not null" when it writes; a damaged file can hold nothing all the same.
  private byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    if (bytes == null) {
      throw SqliteFailure.damaged(file, "a row holds nothing where bytes belong");
    }
    return bytes;
  }

  private Digest digest(byte[] raw) {
    if (raw.length != DIGEST_LENGTH) {
      throw SqliteFailure.damaged(
          file, "a body is kept under a digest of " + raw.length + " bytes");
    }
    return Digest.ofRaw(raw);
  }

  @Override
  public void close() {
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("commit");
      } catch (SQLException e) {
        readers.discard(connection);
        throw e;
      }
      readers.giveBack(connection);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }
}
