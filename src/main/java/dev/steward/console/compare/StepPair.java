// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import org.jspecify.annotations.Nullable;

/// What happened at the same place of two runs.
///
/// @param left null where only the right run has it
/// @param right null where only the left run has it
public record StepPair(@Nullable Line left, @Nullable Line right) {

  /// One step in a line.
  ///
  /// @param words what was said or passed, cut
  /// @param href of the step in its run
  public record Line(
      String number,
      String who,
      String role,
      String words,
      String took,
      String cost,
      boolean failed,
      String href) {

    boolean says(Line other) {
      return who.equals(other.who) && words.equals(other.words) && failed == other.failed;
    }
  }

  /// In a word: same, differs, left or right.
  public String state() {
    if (left == null) {
      return "right";
    }
    return right == null ? "left" : left.says(right) ? "same" : "differs";
  }
}
