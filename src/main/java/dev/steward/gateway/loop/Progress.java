// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Conversation;
import java.util.List;
import java.util.Set;

/// How far a run has come, as far as its requests do not tell it again: what its watch begins with
/// when the run was quiet for long or the server was restarted.
///
/// @param told rules whose loops in the run as a whole were told and are not over
/// @param widths how often work was handed on to each level, from the first on
record Progress(
    long steps,
    Set<LoopRule> told,
    List<Long> widths,
    LastMinute.Spent spent,
    List<Conversation.Kept> conversations) {
  static final Progress NONE =
      new Progress(0, Set.of(), List.of(), LastMinute.Spent.NOTHING, List.of());

  Progress {
    told = Set.copyOf(told);
    widths = List.copyOf(widths);
    conversations = List.copyOf(conversations);
  }
}
