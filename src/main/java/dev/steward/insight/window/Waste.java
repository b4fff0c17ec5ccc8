// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import java.util.Locale;

/// Why money was spent for nothing. Each call of a run counts under one name only.
public enum Waste {
  /// All that an abandoned run cost.
  ABANDONED,
  /// All that a run cost that failed, or of which it was told that it did not succeed.
  FAILED,
  /// Turns that asked for a call that policy, a budget or a person denied.
  DENIED,
  /// Turns that asked a third time, or more often, for the same call.
  LOOPING,
  /// Turns that failed, or that asked again for a tool that had failed.
  RETRIED;

  /// On the wire, lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
