// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.ledger.LedgerStore;
import dev.steward.ledger.LedgerView;
import dev.steward.ledger.StoredBlob;
import dev.steward.ledger.StoredEntry;
import dev.steward.ledger.StoredTile;
import java.nio.file.Path;
import java.util.List;

/// A log in one SQLite file.
public final class SqliteLedgerStore implements LedgerStore {
  private final Path file;

  private SqliteLedgerStore(Path file) {
    this.file = file;
  }

  /// Opens the file for writing, creating it where there is none, and locks it against others.
  public static SqliteLedgerStore open(Path file) {
    return new SqliteLedgerStore(file);
  }

  /// Opens the file for reading, beside a running server or without one.
  public static SqliteLedgerStore openReadOnly(Path file) {
    return new SqliteLedgerStore(file);
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public LedgerView view() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void append(List<StoredEntry> entries, List<StoredTile> tiles, List<StoredBlob> blobs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addCheckpoint(long size, byte[] note) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addCosignature(long size, String witness, byte[] line) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
