// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.rollout;

import java.util.Locale;

/// One of the two sides of a canary.
public enum Arm {
  /// The version that was in force before.
  CONTROL,
  /// The version that is tried.
  CANARY;

  /// Its word on the wire, lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
