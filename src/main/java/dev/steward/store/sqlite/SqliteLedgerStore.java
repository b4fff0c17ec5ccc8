// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.tile.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// A log in one SQLite file, locked against other servers; readers need no lock.
public final class SqliteLedgerStore implements LedgerStore {
  private final Path file;
  private final Optional<SqliteLock> lock;
  private final Optional<SqliteLedgerWriter> writer;
  private final SqliteReaders readers;

  private SqliteLedgerStore(
      Path file,
      Optional<SqliteLock> lock,
      Optional<SqliteLedgerWriter> writer,
      SqliteReaders readers) {
    this.file = file;
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /// Opens the file for writing, creating it where there is none.
  ///
  /// @throws ApiException CONFLICT when another server has it open or a newer one wrote it,
  ///   STORAGE_FAILED when it cannot be created
  public static SqliteLedgerStore open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      SqliteLock lock = SqliteLock.of(file);
      try {
        SqliteLedgerWriter writer = new SqliteLedgerWriter(file);
        SqliteReaders readers = new SqliteReaders(file, () -> SqliteConnections.reader(file));
        return new SqliteLedgerStore(file, Optional.of(lock), Optional.of(writer), readers);
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e instanceof SQLException refused
            ? SqliteFailure.of(file, refused)
            : (RuntimeException) e;
      }
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the ledger file "
              + file
              + " cannot be opened: "
              + e
              + "; check that the folder exists and may be written",
          e);
    }
  }

  /// Opens the file for reading, beside a running server or without one.
  ///
  /// @throws ApiException NOT_FOUND when there is no file
  public static SqliteLedgerStore openReadOnly(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ApiException(ErrorCode.NOT_FOUND, "there is no ledger file " + file);
    }
    SqliteReaders readers = new SqliteReaders(file, () -> SqliteConnections.readOnly(file));
    try {
      Connection connection = readers.take();
      try {
        SqliteSchema.requireCurrent(file, connection);
      } finally {
        readers.giveBack(connection);
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
    return new SqliteLedgerStore(file, Optional.empty(), Optional.empty(), readers);
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public LedgerView view() {
    try {
      return new SqliteLedgerView(file, readers);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  @Override
  public void append(List<StoredEntry> entries, List<Tile> tiles, List<StoredBlob> blobs) {
    writer().append(entries, tiles, blobs);
  }

  @Override
  public void addCheckpoint(long size, byte[] note) {
    writer().addCheckpoint(size, note);
  }

  @Override
  public void addCosignature(long size, byte[] line) {
    writer().addCosignature(size, line);
  }

  /// Limits the size of the file, so that a test can fill the disk and empty it again.
  void limitPages(long pagesMax) {
    writer().limitPages(pagesMax);
  }

  private SqliteLedgerWriter writer() {
    return writer.orElseThrow(
        () -> new IllegalStateException("the ledger file " + file + " is open for reading only"));
  }

  @Override
  public void close() {
    try {
      try {
        readers.close();
      } finally {
        closeWriter();
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED, "the lock of " + file + " cannot be released: " + e, e);
    }
  }

  /// The last connection to close writes the log back into the file, so it is the writer's.
  private void closeWriter() throws SQLException, IOException {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }
}
