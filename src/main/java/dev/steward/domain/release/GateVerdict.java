// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.Locale;
import java.util.Optional;

/// What a gate says.
public enum GateVerdict {
  PASS,
  FAIL,
  /// Neither can be said yet.
  NOT_ENOUGH_DATA;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The verdict with the word, empty when there is none such.
  public static Optional<GateVerdict> of(String word) {
    for (GateVerdict verdict : values()) {
      if (verdict.word().equals(word)) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }
}
