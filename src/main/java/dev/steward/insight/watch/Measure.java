// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import java.util.Locale;

/// A quantity of which less is better.
public enum Measure {
  /// In the currency of its runs.
  COST,
  /// In seconds.
  DURATION,
  STEPS,
  /// In and out together.
  TOKENS;

  /// Its word on the wire, lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
