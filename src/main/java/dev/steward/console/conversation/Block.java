// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

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
  /// @param text indented when it is JSON
  record Passed(String label, String text, boolean whole, String length) implements Block {}

  /// A tool that the model asked for.
  ///
  /// @param anchor of the step in which it was called, "" when no span tells of it
  record Asked(String tool, String anchor) implements Block {}

  /// Why it failed.
  record Failed(String text) implements Block {}
}
