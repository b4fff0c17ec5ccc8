// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.incident.Incident;
import dev.steward.trace.run.Run;

/// What whoever reads a story may see.
public interface Reading {
  /// Whether they may see all there is.
  boolean seesAll();

  /// @param environment "" for all of them
  boolean sees(String agent, String environment);

  boolean sees(Run run);

  /// An incident may be seen by whoever may see every agent that it concerns, where it does.
  default boolean sees(Incident incident) {
    return incident.agents().stream().allMatch(each -> sees(each.agent(), each.environment()));
  }
}
