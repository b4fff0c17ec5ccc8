// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.trace.run.Run;

/// What whoever reads a story may see.
public interface Reading {
  /// Whether they may see all there is.
  boolean seesAll();

  /// @param environment "" for all of them
  boolean sees(String agent, String environment);

  boolean sees(Run run);
}
