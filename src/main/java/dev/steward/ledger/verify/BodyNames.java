// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;
import java.util.Set;

/// Tells which bodies an entry's data names, so that a verifier can ask for each. Only the room
/// that writes the entries knows their meaning.
@FunctionalInterface
public interface BodyNames {
  /// Relies on the list of bodies that the store keeps beside each entry.
  BodyNames AS_STORED = _ -> Set.of();

  Set<Digest> namedBy(byte[] data);
}
