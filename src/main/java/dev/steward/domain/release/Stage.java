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
    return ordinal() == 0 ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
  }

  /// The stage after, empty for the last.
  public Optional<Stage> after() {
    return ordinal() + 1 == values().length
        ? Optional.empty()
        : Optional.of(values()[ordinal() + 1]);
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
