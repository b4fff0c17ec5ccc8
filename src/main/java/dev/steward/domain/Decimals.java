// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.math.BigDecimal;

/// Decimals in the one form in which equal numbers are equal values.
public final class Decimals {
  private Decimals() {}

  /// Without trailing zeros and without an exponent: 1.50 and 1.5 are the same value, so are 1E+3
  /// and 1000.
  public static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
