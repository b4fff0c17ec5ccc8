// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import java.util.List;

/// A checkpoint as a store keeps it.
///
/// @param note the signed note, byte for byte
/// @param cosignatures signature lines of witnesses that came later, each with its line feed
public record StoredCheckpoint(long size, byte[] note, List<byte[]> cosignatures) {}
