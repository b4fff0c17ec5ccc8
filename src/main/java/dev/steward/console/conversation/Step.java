// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.format.CostText;
import dev.steward.console.turn.Block;
import java.util.List;

/// One step of a conversation.
///
/// @param anchor its id on every view: `s-` and the span id, with a suffix where a span holds more
///   than one
/// @param number from 1, as people count; `UNCOUNTED` for what was said to a step of a run that is
///   read in parts
/// @param spanId the span that tells of it
/// @param depth 0 for the run's own agent, more for those it handed over to
/// @param who spoke or acted
/// @param role beside the name, "" for none: `user`, `gpt-5`, `hands over to`
/// @param other the second party of a hand-over, else ""
/// @param tags such as `try 2`
/// @param tokens in and out of a model call, "" for what is none
/// @param took "" where nothing took time
public record Step(
    String anchor,
    int number,
    String spanId,
    Kind kind,
    int depth,
    String who,
    String role,
    String other,
    List<Tag> tags,
    List<Block> blocks,
    boolean failed,
    String tokens,
    String took,
    CostText cost) {

  /// The number of a step that has none.
  public static final int UNCOUNTED = 0;

  public Step {
    tags = List.copyOf(tags);
    blocks = List.copyOf(blocks);
  }

  /// Its number as it is shown, "" where it has none.
  public String numeral() {
    return number == UNCOUNTED ? "" : String.valueOf(number);
  }

  /// A word about a step.
  ///
  /// @param tone class of its colour, "" for none
  /// @param why for a hover, "" where the word says it all
  public record Tag(String word, String tone, String why) {
    static Tag of(String word) {
      return new Tag(word, "", "");
    }
  }

  /// What happened in a step.
  public enum Kind {
    INSTRUCTIONS,
    SAID,
    MODEL,
    TOOL,
    HANDOVER,
    RETRIEVAL,
    CHECK,
    PART;

    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// Whether something in it is JSON that is shown as names and values.
  public boolean showsJson() {
    return blocks.stream().anyMatch(b -> b instanceof Block.Passed p && !p.rows().isEmpty());
  }

  /// How far it is set in.
  public String inset() {
    return depth == 0 ? "" : " in-" + Math.min(depth, 4);
  }
}
