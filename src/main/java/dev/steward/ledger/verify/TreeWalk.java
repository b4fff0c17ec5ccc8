// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.CompactRange;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredEntry;
import dev.steward.ledger.tile.LeafHashes;
import dev.steward.ledger.tile.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rebuilds the tree entry by entry and holds every stored tile against it.
final class TreeWalk {
  private final String place;
  private final LedgerView view;
  private final EntryCheck check;
  private final LeafHashes leaves;
  private final CompactRange range = new CompactRange();
  private final List<Node> completed = new ArrayList<>();

  /// A hash of a tile above level 0.
  private record Node(int level, long index, byte[] hash) {}

  TreeWalk(String place, LedgerView view, BodyNames names) {
    this.place = place;
    this.view = view;
    this.check = new EntryCheck(view, names);
    this.leaves = new LeafHashes(this::tile, view.size());
  }

  long size() {
    return range.size();
  }

  Digest root() {
    return range.root();
  }

  void next(StoredEntry entry) throws RefutedException {
    long index = range.size();
    if (entry.index() < index) {
      throw new RefutedException(entry.index(), "there is an entry before the first");
    }
    if (entry.index() > index) {
      throw new RefutedException(index, "entry " + index + " is missing");
    }
    byte[] leafHash = MerkleHash.leaf(entry.data());
    byte[] tileHash = leaves.at(index);
    Optional<String> problem = check.problem(entry, leafHash, tileHash);
    if (problem.isPresent()) {
      throw new RefutedException(index, "entry " + index + ": " + problem.get());
    }
    range.append(leafHash, this::complete);
    for (Node node : completed) {
      compare(node);
    }
    completed.clear();
  }

  private void complete(int treeLevel, long index, byte[] hash) {
    if (treeLevel > 0 && treeLevel % Tile.HEIGHT == 0) {
      completed.add(new Node(treeLevel / Tile.HEIGHT, index, hash));
    }
  }

  private void compare(Node node) throws RefutedException {
    byte[] hashes = tile(node.level(), node.index() / Tile.WIDTH, 1);
    byte[] stored = Tile.hash(hashes, (int) (node.index() % Tile.WIDTH));
    if (!Arrays.equals(stored, node.hash())) {
      long entries = 1L << (node.level() * Tile.HEIGHT);
      throw new RefutedException(
          "tile %d of level %d does not have the hash of entries %d to %d: it or one of them was changed"
              .formatted(
                  node.index() / Tile.WIDTH,
                  node.level(),
                  node.index() * entries,
                  (node.index() + 1) * entries - 1));
    }
  }

  /// A tile of exactly the width that the log's size gives it.
  private byte[] tile(int level, long index, int width) {
    int expected = Tile.widthAt(view.size(), level, index);
    return view.tile(level, index)
        .filter(hashes -> expected >= width && hashes.length == expected * MerkleHash.LENGTH)
        .orElseThrow(() ->
            new BrokenLedgerException(
                place, "tile " + index + " of level " + level + " is missing or cut off"));
  }
}
