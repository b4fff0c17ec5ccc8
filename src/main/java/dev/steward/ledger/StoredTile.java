// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

/// A tile as a store keeps it: up to 256 hashes of one level of the tree. A tile at the right edge
/// is replaced as it grows.
public record StoredTile(int level, long index, byte[] hashes) {}
