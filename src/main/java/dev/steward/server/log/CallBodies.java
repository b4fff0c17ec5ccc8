// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.domain.Digest;
import dev.steward.ledger.verify.BodyNames;
import java.util.Set;

/// The bodies that entries about calls name, so that a missing one is found even where the list
/// beside its entry was shortened too.
public final class CallBodies implements BodyNames {
  @Override
  public Set<Digest> namedBy(byte[] data) {
    return CallEntry.read(data).map(entry -> Set.of(entry.digests())).orElse(Set.of());
  }
}
