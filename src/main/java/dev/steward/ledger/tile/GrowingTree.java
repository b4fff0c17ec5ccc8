// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.CompactRange;
import dev.steward.ledger.merkle.MerkleHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A tree that is appended to and tells which tiles changed. Not safe for several threads.
public final class GrowingTree {
  private static final int LEVELS = (Long.SIZE + Tile.HEIGHT - 1) / Tile.HEIGHT;

  private final CompactRange range;
  private final Edge[] edges;
  private final List<Tile> full = new ArrayList<>();

  /// The unfinished tile at the right end of one level.
  private static final class Edge {
    private final byte[] hashes;
    private long index;
    private int width;
    private boolean changed;

    Edge(byte[] hashes, long index, int width) {
      this.hashes = hashes;
      this.index = index;
      this.width = width;
    }

    Edge copy() {
      return new Edge(hashes.clone(), index, width);
    }

    byte[] bytes() {
      return Arrays.copyOf(hashes, width * MerkleHash.LENGTH);
    }
  }

  private GrowingTree(CompactRange range, Edge[] edges) {
    this.range = range;
    this.edges = edges;
  }

  /// The tree of the given size, continued from its tiles.
  public static GrowingTree of(long size, TileSource tiles) {
    CompactRange range = CompactRange.of(size, new TileNodes(tiles));
    Edge[] edges = new Edge[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      long hashes = size >>> (level * Tile.HEIGHT);
      int width = (int) (hashes % Tile.WIDTH);
      byte[] bytes = new byte[Tile.WIDTH * MerkleHash.LENGTH];
      if (width > 0) {
        byte[] known = tiles.tile(level, hashes / Tile.WIDTH, width);
        System.arraycopy(known, 0, bytes, 0, width * MerkleHash.LENGTH);
      }
      edges[level] = new Edge(bytes, hashes / Tile.WIDTH, width);
    }
    return new GrowingTree(range, edges);
  }

  /// A tree to go on with that leaves this one as it is.
  public GrowingTree copy() {
    Edge[] copies = new Edge[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      copies[level] = edges[level].copy();
    }
    return new GrowingTree(range.copy(), copies);
  }

  public long size() {
    return range.size();
  }

  public Digest root() {
    return range.root();
  }

  public void append(byte[] leafHash) {
    range.append(leafHash, this::completed);
  }

  /// The tiles that changed since the copy was made.
  public List<Tile> changed() {
    List<Tile> changed = new ArrayList<>(full);
    for (int level = 0; level < LEVELS; level++) {
      if (edges[level].changed) {
        changed.add(new Tile(level, edges[level].index, edges[level].bytes()));
      }
    }
    return changed;
  }

  private void completed(int treeLevel, long index, byte[] hash) {
    if (treeLevel % Tile.HEIGHT != 0) {
      return;
    }
    int level = treeLevel / Tile.HEIGHT;
    Edge edge = edges[level];
    System.arraycopy(hash, 0, edge.hashes, edge.width * MerkleHash.LENGTH, MerkleHash.LENGTH);
    edge.width++;
    edge.changed = true;
    if (edge.width == Tile.WIDTH) {
      full.add(new Tile(level, edge.index, edge.bytes()));
      edge.index++;
      edge.width = 0;
      edge.changed = false;
    }
  }
}
