// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import java.util.List;

/// What policy said of a tool call that a model proposed, and what became of it.
///
/// @param id that the model gave it, "" where the dialect has none
/// @param name as the model wrote it
/// @param target as policies name it: `server/tool`
/// @param decision `allow`, `deny`, `require_approval`, or `none` where no policy is about it
/// @param rules that made it
/// @param heldBack whether the agent got a refusal in its place
/// @param approval id of the one it waits for or used, "" for none
/// @param shadow what would be decided if policies in shadow mode were applied, "" where that is
///   the same
/// @param shadowReason "" without a shadow
public record JudgedCall(
    String id,
    String name,
    String target,
    String decision,
    List<String> rules,
    String reason,
    boolean heldBack,
    String approval,
    String shadow,
    String shadowReason) {
  public JudgedCall {
    rules = List.copyOf(rules);
  }
}
