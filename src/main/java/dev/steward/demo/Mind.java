// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.RefusedException;
import dev.steward.demo.talk.ScriptedModel;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Where an agent gets its next words from.
interface Mind {
  /// @throws RefusedException when the model may not be asked, or gives no answer
  Thought think(Wish wish, Timeline timeline) throws InterruptedException;

  /// Who asks, with what was said so far and what the script has the model say.
  ///
  /// @param troubles statuses that the provider answers first
  /// @param span of the call
  record Wish(
      String agent,
      Matter matter,
      String instructions,
      List<ObjectNode> messages,
      ObjectNode line,
      ScriptedModel model,
      List<Integer> troubles,
      Span span) {}

  /// What a run is about.
  record Matter(String conversation, String workflow, String task) {}

  /// What the model said.
  ///
  /// @param version the name that its answer carries
  /// @param response id of the answer, "" for none
  record Thought(
      ObjectNode message, String version, String response, long inputTokens, long outputTokens) {}
}
