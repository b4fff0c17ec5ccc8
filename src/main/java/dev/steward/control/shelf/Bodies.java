// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.domain.Digest;
import java.util.Optional;

/// The bodies that ledger entries name by digest.
@FunctionalInterface
public interface Bodies {
  Optional<byte[]> find(Digest digest);
}
