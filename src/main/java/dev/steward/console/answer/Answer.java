// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run's records say to one question.
///
/// @param mark how it stands, with the answer in words
/// @param evidence what that rests on
public record Answer(String question, Mark mark, List<Evidence> evidence) {
  public Answer {
    evidence = List.copyOf(evidence);
  }

  /// One sentence, and where it can be seen.
  ///
  /// @param href null where there is nothing to look at, or the reader may not
  public record Evidence(String words, @Nullable String href) {
    static Evidence of(String words) {
      return new Evidence(words, null);
    }
  }
}
