// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import java.util.Locale;

/// Something definite in an answer.
///
/// @param words as they stand in it
/// @param spanId of the turn that says it
public record Claim(Kind kind, String words, String spanId) {

  /// What it is.
  public enum Kind {
    NUMBER,
    ID,
    DATE,
    TIME,
    QUOTE;

    /// On the wire, lower case.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
