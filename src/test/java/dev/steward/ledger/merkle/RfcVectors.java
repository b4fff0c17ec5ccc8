// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The eight leaves that the logs of RFC 6962 are tested with, and the tree by its definition.
final class RfcVectors {
  static final List<byte[]> LEAVES =
      List.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .stream()
          .map(HexFormat.of()::parseHex)
          .toList();

  private RfcVectors() {}

  /// MTH of the definition, computed anew from all leaves.
  static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return MerkleHash.empty();
    }
    if (leaves.size() == 1) {
      return MerkleHash.leaf(leaves.getFirst());
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return MerkleHash.node(
        root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /// Nodes computed from all leaves.
  static NodeSource nodes(List<byte[]> leaves) {
    return (level, index) -> {
      int begin = Math.toIntExact(index << level);
      return root(leaves.subList(begin, begin + (1 << level)));
    };
  }

  static Digest rootDigest(List<byte[]> leaves) {
    return Digest.ofRaw(root(leaves));
  }

  static Digest flipped(Digest digest, int position) {
    byte[] bytes = Arrays.copyOf(digest.bytes(), 32);
    bytes[position % 32] ^= 1;
    return Digest.ofRaw(bytes);
  }
}
