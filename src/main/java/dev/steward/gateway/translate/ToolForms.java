// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools and the choice among them, in both dialects.
final class ToolForms {
  private static final int CHAT_NAME_MAX = 64;

  private ToolForms() {}

  static void toMessages(Fields chat, ObjectNode out) {
    List<Fields.Item> tools = chat.list("tools");
    boolean parallel = !chat.has("parallel_tool_calls") || chat.flag("parallel_tool_calls");
    if (tools.isEmpty()) {
      noChoice(chat, chat.read("tool_choice"), "auto", "none");
      return;
    }
    ArrayNode made = out.putArray("tools");
    for (Fields.Item item : tools) {
      made.add(messagesTool(item.fields()));
    }
    ObjectNode choice = messagesChoice(chat);
    if (!parallel && !choice.path("type").stringValue("").equals("none")) {
      choice.put("type", choice.path("type").stringValue("auto"));
      choice.put("disable_parallel_tool_use", true);
    }
    if (!choice.isEmpty()) {
      out.set("tool_choice", choice);
    }
  }

  private static void noChoice(Fields fields, JsonNode choice, String... harmless) {
    String asked = choice.isString() ? choice.stringValue() : choice.path("type").stringValue("");
    if (!choice.isMissingNode() && !List.of(harmless).contains(asked)) {
      throw fields.unfit("tool_choice", "There are no tools to choose from.");
    }
  }

  private static ObjectNode messagesTool(Fields tool) {
    if (tool.has("type") && !tool.text("type").equals("function")) {
      throw tool.unfit("type", "Only functions can be translated.");
    }
    Fields function = tool.object("function");
    ObjectNode made = JSON.createObjectNode().put("name", function.needed("name"));
    if (!function.text("description").isEmpty()) {
      made.put("description", function.text("description"));
    }
    if (function.has("parameters")) {
      made.set("input_schema", schema(function, "parameters"));
    } else {
      made.putObject("input_schema").put("type", "object").putObject("properties");
    }
    if (function.flag("strict")) {
      made.put("strict", true);
    }
    function.done();
    tool.done();
    return made;
  }

  /// Both dialects demand an object; OpenAI does not insist that the schema says so.
  private static JsonNode schema(Fields holder, String name) {
    Fields schema = holder.object(name);
    JsonNode given = holder.read(name);
    if (schema.has("type")) {
      return given;
    }
    ObjectNode typed = JSON.createObjectNode().put("type", "object");
    typed.setAll((ObjectNode) given);
    return typed;
  }

  private static ObjectNode messagesChoice(Fields chat) {
    ObjectNode choice = JSON.createObjectNode();
    JsonNode given = chat.read("tool_choice");
    if (given.isMissingNode()) {
      return choice;
    }
    if (given.isString()) {
      // "any" is what Mistral calls "required".
      return switch (given.stringValue()) {
        case "auto" -> choice.put("type", "auto");
        case "none" -> choice.put("type", "none");
        case "required", "any" -> choice.put("type", "any");
        default -> throw chat.unfit("tool_choice", "Anthropic has no such choice.");
      };
    }
    Fields form = chat.object("tool_choice");
    if (!form.needed("type").equals("function")) {
      throw form.unfit("type", "Only the choice of one function can be translated.");
    }
    Fields function = form.object("function");
    choice.put("type", "tool").put("name", function.needed("name"));
    function.done();
    form.done();
    return choice;
  }

  static void toChat(Fields messages, ObjectNode out) {
    List<Fields.Item> tools = messages.list("tools");
    if (tools.isEmpty()) {
      noChoice(messages, messages.read("tool_choice"), "auto", "none");
      return;
    }
    ArrayNode made = out.putArray("tools");
    for (Fields.Item item : tools) {
      made.add(chatTool(item.fields()));
    }
    if (messages.has("tool_choice")) {
      chatChoice(messages.object("tool_choice"), out);
    }
  }

  private static ObjectNode chatTool(Fields tool) {
    String type = tool.text("type");
    if (!type.isEmpty() && !type.equals("custom")) {
      throw tool.unfit("type", "'" + type + "' is a tool of Anthropic's own.");
    }
    tool.withoutEffect("cache_control", "eager_input_streaming");
    String name = tool.needed("name");
    if (name.length() > CHAT_NAME_MAX) {
      throw tool.unfit("name", "OpenAI takes at most " + CHAT_NAME_MAX + " characters.");
    }
    ObjectNode made = JSON.createObjectNode().put("type", "function");
    ObjectNode function = made.putObject("function").put("name", name);
    if (!tool.text("description").isEmpty()) {
      function.put("description", tool.text("description"));
    }
    function.set("parameters", schema(tool, "input_schema"));
    if (tool.flag("strict")) {
      function.put("strict", true);
    }
    tool.done();
    return made;
  }

  private static void chatChoice(Fields choice, ObjectNode out) {
    String type = choice.needed("type");
    switch (type) {
      case "auto", "none" -> out.put("tool_choice", type);
      case "any" -> out.put("tool_choice", "required");
      case "tool" ->
          out.putObject("tool_choice")
              .put("type", "function")
              .putObject("function")
              .put("name", choice.needed("name"));
      default -> throw choice.unfit("type", "OpenAI has no choice '" + type + "'.");
    }
    if (choice.flag("disable_parallel_tool_use")) {
      out.put("parallel_tool_calls", false);
    }
    choice.done();
  }
}
