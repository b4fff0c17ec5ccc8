// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import java.util.ArrayList;
import java.util.List;

/// What a call left for those that come after it.
///
/// @param choices what the model answered, in one way or several; empty when it gave no whole
///   answer
/// @param links names by which a later request may go on from it
record Ended(List<List<Turn>> choices, List<String> links) {

  static Ended of(CallRecord call) {
    boolean whole = call.refusal() == null && call.status() < 400 && call.note().isEmpty();
    if (!whole || call.told().isEmpty()) {
      return new Ended(List.of(), List.of());
    }
    List<Turn> turns = call.turns();
    List<List<Turn>> choices = new ArrayList<>();
    if (call.operation() == Operation.RESPONSES) {
      choices.add(turns);
    } else {
      for (Turn turn : turns) {
        choices.add(List.of(turn));
      }
    }
    return new Ended(choices, links(call));
  }

  private static List<String> links(CallRecord call) {
    List<String> links = new ArrayList<>();
    Asked asked = call.asked();
    if (call.operation() == Operation.RESPONSES) {
      if (call.answered().responseId() != null) {
        links.add(call.answered().responseId());
      }
      if (asked != null) {
        String conversation = Places.conversation(asked);
        if (!conversation.isEmpty()) {
          links.add(conversation);
        }
      }
    }
    return links;
  }
}
