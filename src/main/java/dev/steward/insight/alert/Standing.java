// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.alert.Alert;
import dev.steward.control.alert.Alerts;
import java.time.Instant;
import java.util.Locale;

/// How an alert stands in the eyes of people, the one that needs them most first.
public enum Standing {
  FIRING,
  /// It fires, and nobody is told.
  SILENCED,
  ACKNOWLEDGED,
  RESOLVED;

  public static Standing of(Alert alert, Alerts alerts, Instant now) {
    return switch (alert.status()) {
      case FIRING -> alerts.silencing(alert, now).isPresent() ? SILENCED : FIRING;
      case ACKNOWLEDGED -> ACKNOWLEDGED;
      case RESOLVED -> RESOLVED;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
