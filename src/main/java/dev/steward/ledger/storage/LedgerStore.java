// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import dev.steward.ledger.tile.Tile;
import java.util.List;

/// Where one log lies. Writes come from one thread; views may be opened by any.
///
/// Every method throws `ApiException` STORAGE_FAILED when the disk refuses, after which nothing of
/// the write is kept, and `BrokenLedgerException` when the files are damaged.
public interface LedgerStore extends AutoCloseable {

  /// Where it lies, for messages.
  String place();

  LedgerView view();

  /// Writes all of it in one transaction and returns once that is synced.
  ///
  /// @param tiles new tiles, and those that grew
  /// @param blobs those whose digest is already there are left as they are
  void append(List<StoredEntry> entries, List<Tile> tiles, List<StoredBlob> blobs);

  /// Keeps a signed checkpoint and returns once it is synced.
  void addCheckpoint(long size, byte[] note);

  /// Keeps a witness's signature line of a kept checkpoint; may be called by any thread.
  void addCosignature(long size, byte[] line);

  @Override
  void close();
}
