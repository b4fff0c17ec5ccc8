// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.turn;

import dev.steward.console.format.JsonRows;
import java.util.List;

/// One piece of what a step shows.
public sealed interface Block {

  /// Something said, as plain text.
  ///
  /// @param whole whether nothing was cut off
  /// @param length of all of it, in words: `12.4 k characters`
  record Said(String text, boolean whole, String length) implements Block {}

  /// Something said that most readers skip: instructions, stated reasoning, earlier turns.
  ///
  /// @param label what it is
  record Folded(String label, String text, boolean whole, String length) implements Block {}

  /// A named value that was passed: arguments, a result, documents.
  ///
  /// @param rows of JSON that reads well as names and values, else empty
  /// @param text all of it, indented when it is JSON; "" where there are rows
  record Passed(String label, List<JsonRows.Row> rows, String text, boolean whole, String length)
      implements Block {
    public Passed {
      rows = List.copyOf(rows);
    }
  }

  /// A tool that the model asked for.
  ///
  /// @param anchor of the step in which it was called, "" when no span tells of it
  record Asked(String tool, String anchor) implements Block {}

  /// Why a tool was called.
  ///
  /// @param step span of the model step that proposed it, "" where none is known
  /// @param how the two were brought together, or why they are not
  /// @param missed whether the gateway looked for such a step in vain
  record Because(String step, String how, boolean missed) implements Block {}

  /// Why it failed.
  record Failed(String text) implements Block {}
}
