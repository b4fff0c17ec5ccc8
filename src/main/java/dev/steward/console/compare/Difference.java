// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

/// One respect in which two runs are compared.
///
/// @param left "" where it is unknown
/// @param more how the right side differs in a word, such as `+38 %`; "" where no number says it
public record Difference(String name, String left, String right, String more) {

  static Difference of(String name, String left, String right) {
    return new Difference(name, left, right, "");
  }

  public boolean differs() {
    return !left.equals(right);
  }
}
