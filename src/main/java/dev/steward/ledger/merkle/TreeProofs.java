// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.util.ArrayList;
import java.util.List;

/// Builds proofs over a tree by the recursion of RFC 6962 section 2.1.
public final class TreeProofs {
  private final NodeSource source;

  public TreeProofs(NodeSource source) {
    this.source = source;
  }

  public InclusionProof inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
    }
    List<Digest> path = new ArrayList<>();
    path(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  public ConsistencyProof consistency(long from, long to) {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException("a tree of " + to + " does not extend one of " + from);
    }
    List<Digest> path = new ArrayList<>();
    if (from > 0 && from < to) {
      subProof(from, 0, to, true, path);
    }
    return new ConsistencyProof(from, to, path);
  }

  public Digest root(long size) {
    return size == 0 ? Digest.ofRaw(MerkleHash.empty()) : Digest.ofRaw(hash(0, size));
  }

  private void path(long index, long begin, long end, List<Digest> path) {
    if (end - begin == 1) {
      return;
    }
    long middle = begin + split(end - begin);
    if (index < middle) {
      path(index, begin, middle, path);
      path.add(Digest.ofRaw(hash(middle, end)));
    } else {
      path(index, middle, end, path);
      path.add(Digest.ofRaw(hash(begin, middle)));
    }
  }

  private void subProof(long from, long begin, long end, boolean whole, List<Digest> path) {
    if (from == end) {
      if (!whole) {
        path.add(Digest.ofRaw(hash(begin, end)));
      }
      return;
    }
    long middle = begin + split(end - begin);
    if (from <= middle) {
      subProof(from, begin, middle, whole, path);
      path.add(Digest.ofRaw(hash(middle, end)));
    } else {
      subProof(from, middle, end, false, path);
      path.add(Digest.ofRaw(hash(begin, middle)));
    }
  }

  /// The hash over `[begin, end)`, where begin is a multiple of the largest power of two within.
  private byte[] hash(long begin, long end) {
    long width = end - begin;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return source.node(level, begin >>> level);
    }
    long middle = begin + split(width);
    return MerkleHash.node(hash(begin, middle), hash(middle, end));
  }

  /// The largest power of two below a number greater than one.
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
