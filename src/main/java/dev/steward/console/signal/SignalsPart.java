// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.part.Mark;
import java.util.List;

/// What a run's answers rest on, and the errors that it passed over.
///
/// @param hidden why words are not shown, "" where they are
/// @param grounded how much of the answers has a source
/// @param groundedWords the same in a sentence
/// @param claims those without a source
/// @param silent whether errors were passed over
/// @param silentWords the same in a sentence
public record SignalsPart(
    String hidden,
    Mark grounded,
    String groundedWords,
    List<Row> claims,
    Mark silent,
    String silentWords,
    List<Row> failures) {
  public SignalsPart {
    claims = List.copyOf(claims);
    failures = List.copyOf(failures);
  }

  /// Something to look at.
  ///
  /// @param what kind of claim, or the tool
  /// @param words that were said, "" where they may not be read
  /// @param step address of the step that says it
  public record Row(String what, String words, String step) {}
}
