// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.provider;

import dev.steward.demo.talk.Line;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a model speaks in one dialect.
interface Voice {
  /// What one answer is made of.
  ///
  /// @param model as it was asked for
  record Speech(String id, String model, Line line, long inputTokens, boolean wantsUsage) {}

  ObjectNode whole(Speech speech);

  /// The events before its first word.
  List<Event> opening(Speech speech);

  /// The event that carries a piece of its words.
  Event piece(Speech speech, String piece);

  /// The events after its last word.
  List<Event> ending(Speech speech);

  ObjectNode error(int status, String message);

  /// One event of a stream.
  ///
  /// @param name "" where the dialect has none
  record Event(String name, String data) {
    static Event of(JsonNode data) {
      return new Event("", data.toString());
    }

    static Event named(JsonNode data) {
      return new Event(data.path("type").asString(), data.toString());
    }

    String text() {
      return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    }
  }
}
