// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.part.Mark;
import java.util.List;

/// The answer to one of the three questions that a page about an agent opens on.
///
/// @param copy a line to copy, "" for none
/// @param copyLabel what copying it is called
public record Answer(String question, Mark mark, List<Said> said, String copy, String copyLabel) {
  public Answer {
    said = List.copyOf(said);
  }

  /// A sentence with a link in it.
  ///
  /// @param href "" for a sentence without one
  public record Said(String before, String link, String href, String after) {
    static Said plain(String words) {
      return new Said(words, "", "", "");
    }
  }
}
