// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.Locale;
import java.util.Optional;

/// The language that a provider and its clients speak.
public enum Dialect {
  OPENAI,
  ANTHROPIC,
  GEMINI,
  BEDROCK;

  /// The word in the manifest of a ModelProvider.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Dialect> of(String word) {
    for (Dialect dialect : values()) {
      if (dialect.word().equals(word)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
