// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;

/// Reads a whole number that has bounds.
public final class Within {
  private Within() {}

  public static long read(Fields spec, String name, long usual, long max) {
    long value = spec.whole(name, usual);
    if (value < 1 || value > max) {
      spec.flaw(name, "is " + value + "; write a number from 1 to " + max);
      return usual;
    }
    return value;
  }
}
