// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;

/// A tree reduced to the hashes of its complete subtrees, at most 63: enough to append and to tell
/// the root, so that nothing is ever hashed twice.
public final class CompactRange {
  private final byte[][] nodes;
  private long size;

  /// Told of every subtree that an append completes, leaves first.
  @FunctionalInterface
  public interface Listener {
    void completed(int level, long index, byte[] hash);
  }

  public CompactRange() {
    this(new byte[Long.SIZE - 1][], 0);
  }

  private CompactRange(byte[][] nodes, long size) {
    this.nodes = nodes;
    this.size = size;
  }

  /// The range over the first `size` entries of a tree that is there already.
  public static CompactRange of(long size, NodeSource source) {
    CompactRange range = new CompactRange();
    for (int level = 0; level < range.nodes.length; level++) {
      if ((size >>> level & 1) == 1) {
        range.nodes[level] = source.node(level, (size >>> level) - 1);
      }
    }
    range.size = size;
    return range;
  }

  public long size() {
    return size;
  }

  public void append(byte[] leafHash, Listener listener) {
    byte[] hash = leafHash;
    int level = 0;
    listener.completed(level, size, hash);
    while ((size >>> level & 1) == 1) {
      hash = MerkleHash.node(nodes[level], hash);
      level++;
      listener.completed(level, size >>> level, hash);
    }
    nodes[level] = hash;
    size++;
  }

  public Digest root() {
    byte[] root = null;
    for (int level = 0; level < nodes.length; level++) {
      if ((size >>> level & 1) == 1) {
        root = root == null ? nodes[level] : MerkleHash.node(nodes[level], root);
      }
    }
    return Digest.ofRaw(root == null ? MerkleHash.empty() : root);
  }

  public CompactRange copy() {
    return new CompactRange(nodes.clone(), size);
  }
}
