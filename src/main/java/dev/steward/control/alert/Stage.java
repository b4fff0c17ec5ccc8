// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import java.util.Locale;

/// Why people are told of an alert.
public enum Stage {
  FIRST,
  /// Nobody has acknowledged it for a while.
  REPEAT,
  /// It matters more than when people were told.
  WORSE,
  /// Nobody has acknowledged it for so long that others are told.
  ESCALATION;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when there is none such
  public static Stage of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
