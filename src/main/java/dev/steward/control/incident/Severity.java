// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.util.Locale;
import java.util.Optional;

/// How grave an incident is, the gravest first.
public enum Severity {
  CRITICAL,
  MAJOR,
  MINOR;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The severity with the word, empty when there is none such.
  public static Optional<Severity> of(String word) {
    for (Severity severity : values()) {
      if (severity.word().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
