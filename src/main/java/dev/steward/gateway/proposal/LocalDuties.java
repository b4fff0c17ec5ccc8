// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.domain.decision.Obligations;
import java.util.Optional;

/// What policy demands along with a call, of a tool that runs in the agent's own process.
final class LocalDuties {
  private LocalDuties() {}

  /// What cannot be kept there, so that the call must not be made.
  static Optional<String> broken(Obligations duties) {
    String demand = "";
    if (!duties.redact().isEmpty()) {
      demand = "fields of its result must be hidden";
    } else if (!duties.limits().isEmpty()) {
      demand = "its rate is limited";
    } else if (duties.reason()) {
      demand = "a reason must be given";
    }
    return demand.isEmpty()
        ? Optional.empty()
        : Optional.of(
            demand + ", which only holds for tools behind /mcp, and this one runs in the agent");
  }
}
