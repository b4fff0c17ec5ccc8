// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.Locale;
import java.util.Optional;

/// What the judgement of a canary says is to be done.
public enum CanaryVerdict {
  /// Its version is shown to be good enough for all.
  PROMOTE,
  /// Its version is shown to be worse.
  ROLL_BACK,
  /// Nothing is shown yet.
  HOLD,
  /// Its time is over and nothing was shown: a person decides.
  INCONCLUSIVE;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The verdict with the word, empty when there is none such.
  public static Optional<CanaryVerdict> of(String word) {
    for (CanaryVerdict verdict : values()) {
      if (verdict.word().equals(word)) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }
}
