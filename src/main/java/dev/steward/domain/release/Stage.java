// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.Locale;
import java.util.Optional;

/// One of the steps that every version of an agent takes, in this order and none left out.
public enum Stage {
  /// An applied version is in force here at once.
  DEVELOPMENT,
  STAGING,
  CANARY,
  PRODUCTION;

  /// The stage before, empty for the first.
  public Optional<Stage> before() {
    return switch (this) {
      case DEVELOPMENT -> Optional.empty();
      case STAGING -> Optional.of(DEVELOPMENT);
      case CANARY -> Optional.of(STAGING);
      case PRODUCTION -> Optional.of(CANARY);
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The stage with the word, empty when there is none such.
  public static Optional<Stage> of(String word) {
    for (Stage stage : values()) {
      if (stage.word().equals(word)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
