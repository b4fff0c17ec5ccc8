// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.merkle.TreeProofs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GrowingTreePropertyTest {
  /// Every tile is checked against the standard's definition: hash i of tile n at level l is the
  /// root over the 256^l entries from (n * 256 + i) * 256^l on.
  @Property(tries = 30)
  void batchesOfAnySizeGiveTheTilesOfTheWholeTree(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 700) Integer> batches) {
    Map<Place, byte[]> tiles = new HashMap<>();
    List<byte[]> leaves = new ArrayList<>();
    TileSource source = (level, index, _) -> at(tiles, level, index);
    GrowingTree tree = GrowingTree.of(0, source);
    for (int batch : batches) {
      GrowingTree next = tree.copy();
      for (int i = 0; i < batch; i++) {
        leaves.add(MerkleHash.leaf(ByteBuffer.allocate(4).putInt(leaves.size()).array()));
        next.append(leaves.getLast());
      }
      next.changed()
          .forEach(tile -> tiles.put(new Place(tile.level(), tile.index()), tile.hashes()));
      tree = batch % 2 == 0 ? next : GrowingTree.of(leaves.size(), source);
    }

    assertThat(tiles).hasSize((int) Tile.countAt(leaves.size()));
    assertThat(tree.size()).isEqualTo(leaves.size());
    assertThat(tree.root()).isEqualTo(new TreeProofs(new TileNodes(source)).root(leaves.size()));
    for (int i = 0; i < leaves.size(); i++) {
      assertThat(Tile.hash(at(tiles, 0, i / 256), i % 256)).isEqualTo(leaves.get(i));
    }
    for (int i = 0; i < leaves.size() / 256; i++) {
      assertThat(Tile.hash(at(tiles, 1, i / 256), i % 256))
          .isEqualTo(root(leaves.subList(i * 256, i * 256 + 256)));
    }
    tiles.forEach((place, hashes) -> {
      int width = Tile.widthAt(leaves.size(), place.level(), place.index());
      assertThat(hashes).as(place.toString()).hasSize(width * MerkleHash.LENGTH);
    });
    if (!leaves.isEmpty()) {
      assertThat(tree.root().bytes()).isEqualTo(root(leaves));
    }
  }

  private record Place(int level, long index) {}

  private static byte[] at(Map<Place, byte[]> tiles, int level, long index) {
    return Objects.requireNonNull(tiles.get(new Place(level, index)));
  }

  private static byte[] root(List<byte[]> hashes) {
    if (hashes.size() == 1) {
      return Arrays.copyOf(hashes.getFirst(), MerkleHash.LENGTH);
    }
    int split = Integer.highestOneBit(hashes.size() - 1);
    return MerkleHash.node(
        root(hashes.subList(0, split)), root(hashes.subList(split, hashes.size())));
  }
}
