// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.trace.run.Run;

/// An agent somewhere.
public record Place(String agent, String environment) {

  static Place of(Run run) {
    return new Place(run.agent(), run.environment());
  }
}
