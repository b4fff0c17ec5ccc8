// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.Digest;
import java.util.List;

/// An entry as a store keeps it.
///
/// @param bodies digests of the bodies that came with it, each of which its data names in hex
public record StoredEntry(long index, byte[] data, List<Digest> bodies) {}
