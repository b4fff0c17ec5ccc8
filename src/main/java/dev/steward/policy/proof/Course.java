// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import java.util.Locale;

/// Which way a change of policies, tools or agents goes.
public enum Course {
  /// Nothing may be done that might not before, and all that might be done before.
  SAME,
  /// Nothing may be done that might not before.
  NARROWING,
  /// All may be done that might be done before, and more.
  EXPANSION,
  /// Some more may be done, and some less.
  MIXED;

  /// How it is written.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
