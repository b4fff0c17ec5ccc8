// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.tile.TileSource;

/// The tiles of a view; one that is missing or too short breaks the log.
///
/// @param place where the log lies, for messages
public record StoredTiles(String place, LedgerView view) implements TileSource {
  @Override
  public byte[] tile(int level, long index, int width) {
    return view.tile(level, index)
        .filter(hashes -> hashes.length >= width * MerkleHash.LENGTH)
        .orElseThrow(() ->
            new BrokenLedgerException(
                place, "tile " + index + " of level " + level + " is missing or cut off"));
  }
}
