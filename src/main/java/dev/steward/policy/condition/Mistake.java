// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import java.util.List;

/// Why a condition cannot be compiled.
///
/// @param line in the condition, counted from 1
/// @param column in that line, counted from 1
/// @param name that is not known, "" when it is something else
/// @param known what may have been meant by it
public record Mistake(int line, int column, String message, String name, List<String> known) {
  public Mistake {
    known = List.copyOf(known);
  }

  @Override
  public String toString() {
    return (line > 1 ? "line " + line + ", " : "") + "column " + column + ": " + message;
  }
}
