// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

/// An entry as a store keeps it.
///
/// @param bodies SHA-256 digests of the bodies that came with it, one behind the other, each of
///   which its data names in hex
public record StoredEntry(long index, byte[] data, byte[] bodies) {}
