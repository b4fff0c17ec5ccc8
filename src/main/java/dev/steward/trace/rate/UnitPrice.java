// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.rate;

import java.math.BigDecimal;

/// What one tool call, search, second or minute costs.
public sealed interface UnitPrice {

  /// One price holds.
  ///
  /// @param provider normal name of who asks it
  /// @param basis digest of the price row
  record One(String provider, BigDecimal rate, String currency, String basis)
      implements UnitPrice {}

  /// Different prices hold, and nothing says which.
  ///
  /// @param reason in plain words
  record Several(String reason) implements UnitPrice {}
}
