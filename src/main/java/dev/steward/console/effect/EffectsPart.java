// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.effect;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Mark;
import java.util.List;

/// What a run did to the world.
///
/// @param words how much, in a sentence
/// @param unknown that effects of some tools are not known, "" when they all are
/// @param hidden why arguments are not shown, "" where they are
public record EffectsPart(String words, List<Row> rows, String unknown, String hidden) {
  public EffectsPart {
    rows = List.copyOf(rows);
  }

  /// One effect.
  ///
  /// @param anchor of the call
  /// @param step address of the call in the conversation
  /// @param target arguments in one line, "" where they are not kept or not shown
  /// @param how it ended
  /// @param way it went
  /// @param reversible by what
  /// @param undone whether it was compensated
  /// @param undoneBy address of the call that did, "" for none
  /// @param why address of the model step that proposed it, "" for none
  /// @param whyWords what that leads to, or that there is none
  public record Row(
      String anchor,
      Moment at,
      String tool,
      String step,
      String effect,
      String target,
      Mark how,
      Mark way,
      String reversible,
      Mark undone,
      String undoneBy,
      String why,
      String whyWords) {}
}
