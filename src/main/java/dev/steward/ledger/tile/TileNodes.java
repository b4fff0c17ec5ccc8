// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.merkle.NodeSource;
import java.util.HashMap;
import java.util.Map;

/// Nodes of the tree computed from its tiles. It keeps the tiles it has read, so an instance serves
/// one proof or one start and is then dropped.
public final class TileNodes implements NodeSource {
  private final TileSource tiles;
  private final Map<Place, byte[]> read = new HashMap<>();

  private record Place(int level, long index) {}

  public TileNodes(TileSource tiles) {
    this.tiles = tiles;
  }

  @Override
  public byte[] node(int level, long index) {
    int tileLevel = level / Tile.HEIGHT;
    int height = level % Tile.HEIGHT;
    long first = index << height;
    int begin = (int) (first % Tile.WIDTH);
    int end = begin + (1 << height);
    return fold(hashes(tileLevel, first / Tile.WIDTH, end), begin, end);
  }

  private byte[] hashes(int level, long index, int width) {
    Place place = new Place(level, index);
    byte[] known = read.get(place);
    if (known == null || known.length < width * MerkleHash.LENGTH) {
      known = tiles.tile(level, index, width);
      read.put(place, known);
    }
    return known;
  }

  private static byte[] fold(byte[] hashes, int begin, int end) {
    if (end - begin == 1) {
      return Tile.hash(hashes, begin);
    }
    int middle = (begin + end) >>> 1;
    return MerkleHash.node(fold(hashes, begin, middle), fold(hashes, middle, end));
  }
}
