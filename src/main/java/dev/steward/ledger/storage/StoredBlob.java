// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import dev.steward.domain.Digest;

/// A body as a store keeps it, once however many entries name it.
///
/// @param entry index of the first entry that came with it
public record StoredBlob(Digest digest, long entry, byte[] bytes) {}
