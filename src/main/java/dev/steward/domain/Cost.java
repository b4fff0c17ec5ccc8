// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.math.BigDecimal;

/// What something cost, or why that is not known. Unknown is never 0.
public sealed interface Cost {

  /// The same as one that rests on a guess.
  default Cost estimated() {
    return switch (this) {
      case Known known ->
          new Known(known.amount(), known.currency(), Source.ESTIMATED, known.basis());
      case Unknown unknown -> unknown;
    };
  }

  /// A known amount, exact to the last decimal.
  ///
  /// @param currency ISO 4217, such as USD
  /// @param source who said so
  /// @param basis digest of the price row used, or "" when the provider reported the cost itself
  record Known(BigDecimal amount, String currency, Source source, String basis) implements Cost {}

  /// No amount can be said.
  ///
  /// @param reason in plain words: "no price for model x", "no usage reported"
  record Unknown(String reason) implements Cost {}

  /// Where a known amount comes from; what the provider reported beats the price table.
  enum Source {
    REPORTED,
    PRICED,
    ESTIMATED
  }
}
