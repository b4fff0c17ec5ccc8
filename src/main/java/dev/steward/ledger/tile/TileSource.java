// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

/// Tiles of a tree that is there already.
@FunctionalInterface
public interface TileSource {
  /// The hashes of the tile, at least `width` of them; throws when they are not there.
  byte[] tile(int level, long index, int width);
}
