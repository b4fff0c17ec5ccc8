// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds messages in the form of the GenAI conventions.
public final class Words {
  private static final JsonMapper JSON = new JsonMapper();

  private Words() {}

  public static ObjectNode text(String role, String text) {
    ObjectNode message = message(role);
    part(message, "text").put("content", text);
    return message;
  }

  public static ObjectNode toolCall(String callId, String tool, JsonNode arguments) {
    ObjectNode message = message("assistant");
    part(message, "tool_call").put("id", callId).put("name", tool).set("arguments", arguments);
    return message;
  }

  public static ObjectNode toolResult(String callId, JsonNode result) {
    ObjectNode message = message("tool");
    part(message, "tool_call_response").put("id", callId).set("response", result);
    return message;
  }

  public static String instructions(String text) {
    ArrayNode parts = JSON.createArrayNode();
    parts.addObject().put("type", "text").put("content", text);
    return parts.toString();
  }

  public static String list(List<ObjectNode> messages) {
    return JSON.createArrayNode().addAll(messages).toString();
  }

  /// A JSON object of the given pairs.
  public static ObjectNode object(Map<String, ?> fields) {
    return JSON.valueToTree(fields);
  }

  /// About how many tokens a text is: four characters each, as English has.
  public static long tokens(String text) {
    return Math.max(1, text.length() / 4);
  }

  private static ObjectNode message(String role) {
    ObjectNode message = JSON.createObjectNode().put("role", role);
    message.putArray("parts");
    return message;
  }

  private static ObjectNode part(ObjectNode message, String type) {
    return ((ArrayNode) message.get("parts")).addObject().put("type", type);
  }
}
