// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

/// A share and the 95 % interval in which the true one lies, by Wilson's formula.
///
/// @param part of the whole
public record Wilson(long part, long whole) {
  private static final double Z = 1.959964;

  public Wilson {
    if (part < 0 || part > whole) {
      throw new IllegalArgumentException(part + " is no part of " + whole);
    }
  }

  /// Not a number of nothing.
  public double share() {
    return (double) part / whole;
  }

  /// Where the interval begins, 0 to 1.
  public double low() {
    return whole == 0 ? 0 : Math.max(0, middle() - half());
  }

  /// Where the interval ends, 0 to 1.
  public double high() {
    return whole == 0 ? 1 : Math.min(1, middle() + half());
  }

  private double middle() {
    double n = whole;
    return (part / n + Z * Z / (2 * n)) / (1 + Z * Z / n);
  }

  private double half() {
    double n = whole;
    double p = part / n;
    return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
  }
}
