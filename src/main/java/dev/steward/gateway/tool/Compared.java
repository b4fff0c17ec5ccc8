// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.shadow.RunCalls.Ended;
import dev.steward.gateway.wire.Refusal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a call counts as where a live run is compared with its copy.
final class Compared {
  private Compared() {}

  /// Empty for one that goes on: it is counted when it ends.
  static Optional<Ended> ended(ToolEnding ending) {
    return switch (ending) {
      case ToolEnding.Pending _ -> Optional.of(Ended.PENDING);
      case ToolEnding.Answered(ObjectNode result) ->
          result.path("resultType").asString("complete").equals("complete")
              ? Optional.of(Ended.MADE)
              : Optional.empty();
      case ToolEnding.Begun _,
          ToolEnding.Refused _,
          ToolEnding.NoSuchTool _,
          ToolEnding.Failed _,
          ToolEnding.Unreached _ ->
          Optional.of(Ended.MADE);
    };
  }

  /// Empty for one that was in the way of ours, such as a budget: it says nothing of the agent.
  static Optional<Ended> ended(Refusal refusal, ToolRecord record) {
    if (record.answeredInstead() || record.isSent()) {
      return Optional.of(Ended.MADE);
    }
    return refusal.kind() == Refusal.Kind.DENIED ? Optional.of(Ended.DENIED) : Optional.empty();
  }
}
