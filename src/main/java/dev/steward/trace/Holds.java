// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.run.Run;

/// The legal holds in force: what retention must not delete.
@FunctionalInterface
public interface Holds {
  Holds NONE = run -> false;

  /// Whether a hold names the run, by its id, its conversation or an incident it belongs to.
  boolean hold(Run run);
}
