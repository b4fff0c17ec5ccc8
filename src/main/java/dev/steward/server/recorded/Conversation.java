// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What has been said in a run so far, as messages of the GenAI conventions. A message has the same
/// bytes whoever hears it, so that a store keeps it once.
final class Conversation {
  private final List<String> messages = new ArrayList<>();

  static String told(String text) {
    return message("user", null, part(text));
  }

  /// @param name the speaker, where there are several
  static String turn(@Nullable String name, RecordedRun.Turn turn) {
    ArrayNode parts = Json.MAPPER.createArrayNode();
    if (!turn.text().isEmpty()) {
      parts.add(part(turn.text()));
    }
    for (RecordedRun.Call call : turn.calls()) {
      ObjectNode part = parts.addObject().put("type", "tool_call");
      String id = call.id();
      if (id != null) {
        part.put("id", id);
      }
      JsonNode arguments = Json.MAPPER.readTree(call.argumentsJson());
      part.put("name", call.tool()).set("arguments", arguments);
    }
    return message("assistant", name, parts);
  }

  static String result(RecordedRun.Action action) {
    ObjectNode part = Json.MAPPER.createObjectNode().put("type", "tool_call_response");
    String id = action.callId();
    if (id != null) {
      part.put("id", id);
    }
    return message("tool", action.tool(), part.put("response", action.result()));
  }

  static String instructions(String text) {
    return Json.MAPPER.createArrayNode().add(part(text)).toString();
  }

  static String list(List<String> messages) {
    return "[" + String.join(",", messages) + "]";
  }

  void add(String message) {
    messages.add(message);
  }

  int size() {
    return messages.size();
  }

  String all() {
    return list(messages);
  }

  /// From one message before the given one on.
  String since(int message) {
    return list(messages.subList(Math.max(0, message - 1), messages.size()));
  }

  private static ObjectNode part(String text) {
    return Json.MAPPER.createObjectNode().put("type", "text").put("content", text);
  }

  private static String message(String role, @Nullable String name, JsonNode parts) {
    ObjectNode message = Json.MAPPER.createObjectNode().put("role", role);
    if (name != null) {
      message.put("name", name);
    }
    message.set("parts", parts.isArray() ? parts : Json.MAPPER.createArrayNode().add(parts));
    return message.toString();
  }
}
