// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import dev.steward.ledger.merkle.MerkleHash;
import java.util.Arrays;

/// Up to 256 neighbouring hashes of one tile level, eight tree levels high. A tile at the right
/// edge grows; a full one never changes.
///
/// @param level tile level: its hashes are nodes of tree level `8 * level`
/// @param hashes one behind the other, 32 bytes each
public record Tile(int level, long index, byte[] hashes) {
  /// Tree levels that one tile is high.
  public static final int HEIGHT = 8;

  /// Hashes in a full tile.
  public static final int WIDTH = 1 << HEIGHT;

  /// How many hashes the tile has in a tree of the given size.
  public static int widthAt(long treeSize, int level, long index) {
    int shift = level * HEIGHT;
    long hashes = shift < Long.SIZE ? treeSize >>> shift : 0;
    return index > hashes / WIDTH ? 0 : Math.clamp(hashes - index * WIDTH, 0, WIDTH);
  }

  /// How many tiles a tree of the given size has, of all levels.
  public static long countAt(long treeSize) {
    long count = 0;
    for (long hashes = treeSize; hashes > 0; hashes >>>= HEIGHT) {
      count += (hashes + WIDTH - 1) / WIDTH;
    }
    return count;
  }

  public static byte[] hash(byte[] hashes, int position) {
    int begin = position * MerkleHash.LENGTH;
    return Arrays.copyOfRange(hashes, begin, begin + MerkleHash.LENGTH);
  }
}
