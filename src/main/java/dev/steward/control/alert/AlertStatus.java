// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import java.util.Locale;

/// How an alert stands.
public enum AlertStatus {
  FIRING,
  /// It goes on, and somebody has taken it on.
  ACKNOWLEDGED,
  /// It is over.
  RESOLVED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
