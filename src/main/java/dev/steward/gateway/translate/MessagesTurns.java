// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages as those of an OpenAI chat.
final class MessagesTurns {
  /// OpenAI has no flag for it: a tool that failed says so in its result.
  private static final String FAILED = "The tool call failed.";

  private static final Map<String, String> REFUSED =
      Map.of(
          "thinking", "OpenAI takes no signed thoughts.",
          "redacted_thinking", "OpenAI takes no signed thoughts.",
          "document", "Documents are not translated.",
          "search_result", "OpenAI has no search results to cite.");

  private final ArrayNode turns;

  MessagesTurns(ArrayNode turns) {
    this.turns = turns;
  }

  void read(List<Fields.Item> items) {
    String role = "";
    for (Fields.Item item : items) {
      Fields message = item.fields();
      role = message.needed("role");
      switch (role) {
        case "user" -> user(message);
        case "assistant" -> assistant(message);
        case "system" -> add("system", content(texts(message, "content")));
        default -> throw message.unfit("role", "OpenAI has no role '" + role + "'.");
      }
      message.done();
    }
    if (!role.equals("user")) {
      throw new Fields.Unfit(
          "messages", "The last message must be the user's: OpenAI does not go on with another.");
    }
  }

  private ObjectNode add(String role, JsonNode content) {
    ObjectNode turn = turns.addObject().put("role", role);
    turn.set("content", content);
    return turn;
  }

  private void user(Fields message) {
    ArrayNode parts = JSON.createArrayNode();
    if (message.read("content").isString()) {
      part(message.text("content"), parts);
    } else {
      for (Fields.Item item : message.list("content")) {
        Fields block = item.fields();
        String type = block.needed("type");
        switch (type) {
          case "text" -> text(block, parts);
          case "image" -> parts.add(image(block));
          case "tool_result" -> {
            if (!parts.isEmpty()) {
              throw block.unfit("type", "Results of tools come first in a message.");
            }
            result(block);
          }
          default -> throw unknown(block, type);
        }
        block.done();
      }
    }
    if (!parts.isEmpty()) {
      add("user", content(parts));
    }
  }

  private void result(Fields block) {
    block.withoutEffect("cache_control");
    String id = block.needed("tool_use_id");
    ArrayNode parts = JSON.createArrayNode();
    if (block.flag("is_error")) {
      part(FAILED, parts);
    }
    texts(block, "content").forEach(parts::add);
    add("tool", parts.isEmpty() ? JSON.getNodeFactory().stringNode("") : content(parts))
        .put("tool_call_id", id);
  }

  private void assistant(Fields message) {
    ArrayNode parts = JSON.createArrayNode();
    ArrayNode calls = JSON.createArrayNode();
    if (message.read("content").isString()) {
      part(message.text("content"), parts);
    } else {
      for (Fields.Item item : message.list("content")) {
        Fields block = item.fields();
        String type = block.needed("type");
        switch (type) {
          case "text" -> {
            if (!calls.isEmpty()) {
              throw block.unfit("type", "OpenAI has no text after the calls of a message.");
            }
            text(block, parts);
          }
          case "tool_use" -> calls.add(call(block));
          default -> throw unknown(block, type);
        }
        block.done();
      }
    }
    if (parts.isEmpty() && calls.isEmpty()) {
      return;
    }
    ObjectNode turn =
        add("assistant", parts.isEmpty() ? JSON.getNodeFactory().nullNode() : content(parts));
    if (!calls.isEmpty()) {
      turn.set("tool_calls", calls);
    }
  }

  private static ObjectNode call(Fields use) {
    use.withoutEffect("cache_control");
    if (use.has("caller")) {
      Fields caller = use.object("caller");
      if (!caller.needed("type").equals("direct")) {
        throw caller.unfit("type", "Only the model itself calls tools at OpenAI.");
      }
      caller.done();
    }
    ObjectNode call = JSON.createObjectNode().put("id", use.needed("id")).put("type", "function");
    use.object("input");
    call.putObject("function")
        .put("name", use.needed("name"))
        .put("arguments", use.read("input").toString());
    return call;
  }

  private static ObjectNode image(Fields block) {
    block.withoutEffect("cache_control");
    Fields source = block.object("source");
    String type = source.needed("type");
    String url =
        switch (type) {
          case "url" -> source.needed("url");
          case "base64" ->
              "data:" + source.needed("media_type") + ";base64," + source.needed("data");
          default -> throw source.unfit("type", "OpenAI has no access to '" + type + "'.");
        };
    source.done();
    ObjectNode part = JSON.createObjectNode().put("type", "image_url");
    part.putObject("image_url").put("url", url);
    return part;
  }

  private static Fields.Unfit unknown(Fields block, String type) {
    return block.unfit(
        "type", REFUSED.getOrDefault(type, "OpenAI has no equal of '" + type + "'."));
  }

  /// The texts of a field that is text or a list of text blocks.
  static ArrayNode texts(Fields fields, String name) {
    ArrayNode parts = JSON.createArrayNode();
    if (fields.read(name).isString()) {
      part(fields.text(name), parts);
      return parts;
    }
    for (Fields.Item item : fields.list(name)) {
      Fields block = item.fields();
      String type = block.needed("type");
      if (!type.equals("text")) {
        throw block.unfit("type", "OpenAI takes only text here.");
      }
      text(block, parts);
      block.done();
    }
    return parts;
  }

  private static void text(Fields block, ArrayNode parts) {
    block.withoutEffect("cache_control");
    block.harmless(Map.of("citations", "[]"));
    part(block.text("text"), parts);
  }

  private static void part(String text, ArrayNode parts) {
    if (!text.isEmpty()) {
      parts.addObject().put("type", "text").put("text", text);
    }
  }

  /// One text is said as text, as every OpenAI-compatible server takes it.
  static JsonNode content(ArrayNode parts) {
    return parts.size() == 1 && parts.get(0).has("text") ? parts.get(0).get("text") : parts;
  }
}
