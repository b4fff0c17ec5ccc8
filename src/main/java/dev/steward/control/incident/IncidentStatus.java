// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.util.Locale;
import java.util.Optional;

/// How far an incident is dealt with.
public enum IncidentStatus {
  OPEN,
  /// It does no more harm, and is not put right yet.
  CONTAINED,
  /// It is over; this is not taken back.
  RESOLVED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status with the word, empty when there is none such.
  public static Optional<IncidentStatus> of(String word) {
    for (IncidentStatus status : values()) {
      if (status.word().equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
