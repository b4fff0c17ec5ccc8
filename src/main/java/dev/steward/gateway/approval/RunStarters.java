// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.gateway.record.Place;
import java.util.Set;

/// Who started runs, as far as anybody said.
@FunctionalInterface
public interface RunStarters {
  /// Nobody says anything.
  RunStarters NONE = (_, _) -> Set.of();

  /// The names, ids or addresses by which they were called.
  Set<String> of(String agent, Place place);
}
