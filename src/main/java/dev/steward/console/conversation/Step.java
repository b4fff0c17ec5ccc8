// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.format.CostText;
import java.util.List;

/// One step of a conversation.
///
/// @param anchor its id on every view: `s-` and the span id, with a suffix where a span holds more
///   than one
/// @param number from 1, as people count
/// @param spanId the span that tells of it
/// @param depth 0 for the run's own agent, more for those it handed over to
/// @param who spoke or acted
/// @param role beside the name, "" for none: `user`, `gpt-5`, `hands over to`
/// @param other the second party of a hand-over, else ""
/// @param tags such as `2nd try`
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
    List<String> tags,
    List<Block> blocks,
    boolean failed,
    String took,
    CostText cost) {

  public Step {
    tags = List.copyOf(tags);
    blocks = List.copyOf(blocks);
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

  /// How far it is set in.
  public String inset() {
    return depth == 0 ? "" : " in-" + Math.min(depth, 4);
  }
}
