// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

/// The leaf hashes of a tree, read in order from its tiles of level 0.
public final class LeafHashes {
  private final TileSource tiles;
  private final long treeSize;
  private long index = -1;
  private byte[] hashes = {};

  public LeafHashes(TileSource tiles, long treeSize) {
    this.tiles = tiles;
    this.treeSize = treeSize;
  }

  public byte[] at(long entry) {
    long wanted = entry / Tile.WIDTH;
    if (wanted != index) {
      hashes = tiles.tile(0, wanted, Tile.widthAt(treeSize, 0, wanted));
      index = wanted;
    }
    return Tile.hash(hashes, (int) (entry % Tile.WIDTH));
  }
}
