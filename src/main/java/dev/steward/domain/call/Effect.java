// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import java.util.Locale;
import java.util.Optional;

/// The class of what a tool does to the world.
public enum Effect {
  READ,
  WRITE,
  IRREVERSIBLE,
  MONEY,
  MESSAGE,
  DELETE,
  EXECUTE;

  /// The effect with the word, empty when there is none such.
  public static Optional<Effect> of(String word) {
    for (Effect effect : values()) {
      if (effect.word().equals(word)) {
        return Optional.of(effect);
      }
    }
    return Optional.empty();
  }

  /// How it is written.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
