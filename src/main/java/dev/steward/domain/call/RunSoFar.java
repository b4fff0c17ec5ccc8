// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import dev.steward.domain.Cost;
import java.util.Set;

/// What the run has done before this call.
///
/// @param id "" for a call outside of a run
/// @param steps model turns and actions
/// @param tools called so far, as `server/tool`
public record RunSoFar(String id, long steps, Cost spent, Set<String> tools) {
  public RunSoFar {
    tools = Set.copyOf(tools);
  }
}
