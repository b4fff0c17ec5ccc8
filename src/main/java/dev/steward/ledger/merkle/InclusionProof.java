// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.util.List;

/// Proof that one entry is in a tree of the given size: the sibling hashes from leaf to root.
public record InclusionProof(long index, long size, List<Digest> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }
}
