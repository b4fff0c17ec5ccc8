// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import java.util.List;
import java.util.Set;

/// Whether what an agent answered has a source in what it was told and its tools returned before.
public sealed interface Groundedness {
  /// Kept of the claims without a source.
  int LISTED_MAX = 50;

  /// @param claims definite things in all answers, each once
  /// @param ungrounded how many of them have no source
  /// @param listed the first of those
  record Known(int claims, int ungrounded, List<Claim> listed) implements Groundedness {
    public Known {
      listed = List.copyOf(listed);
    }

    /// Of the claims; not a number where there are none.
    public double share() {
      return (double) (claims - ungrounded) / claims;
    }
  }

  /// @param why nothing can be said
  record Unknown(String why) implements Groundedness {}

  /// Of all that was answered.
  static Groundedness of(Dialogue dialogue) {
    return of(dialogue, Set.copyOf(dialogue.answers()));
  }

  /// Of the last answer alone.
  static Groundedness ofLast(Dialogue dialogue) {
    List<Spoken> answers = dialogue.answers();
    return of(dialogue, answers.isEmpty() ? Set.of() : Set.of(answers.getLast()));
  }

  private static Groundedness of(Dialogue dialogue, Set<Spoken> answers) {
    if (!dialogue.unread().isEmpty()) {
      return new Unknown(dialogue.unread());
    }
    if (answers.isEmpty()) {
      return new Unknown("no answer was captured");
    }
    return new Weighing(answers).of(dialogue);
  }
}
