// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

/// Hashes of complete subtrees.
@FunctionalInterface
public interface NodeSource {
  /// The hash over the `2^level` entries that begin at `index * 2^level`.
  byte[] node(int level, long index);
}
