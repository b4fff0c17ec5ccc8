// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.Locale;
import java.util.Optional;

/// How a version takes over from the one in force.
public enum Strategy {
  /// For every call from the next one on.
  DIRECT,
  /// For a share of the conversations first, until what they show decides.
  CANARY,
  /// For every call, but what has effects is proposed to people until what they answer opens a
  /// gate.
  COPILOT,
  /// For no call at first: it stands by beside the one in force, and a command switches between
  /// them.
  BLUE_GREEN,
  /// For no call: it gets copies of live calls, and what it does takes no effect.
  SHADOW;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The strategy with the word, empty when there is none such.
  public static Optional<Strategy> of(String word) {
    for (Strategy strategy : values()) {
      if (strategy.word().equals(word)) {
        return Optional.of(strategy);
      }
    }
    return Optional.empty();
  }
}
