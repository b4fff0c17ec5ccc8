// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.util.List;

/// Proof that the tree of size `to` begins with the tree of size `from`.
public record ConsistencyProof(long from, long to, List<Digest> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }
}
