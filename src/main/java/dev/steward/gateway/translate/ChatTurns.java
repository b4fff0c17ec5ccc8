// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The messages of an OpenAI chat as Anthropic's system prompt and messages.
final class ChatTurns {
  private static final Pattern TOOL_ID = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final Pattern DATA = Pattern.compile("data:([^;,]+);base64,(.*)", Pattern.DOTALL);
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final ObjectNode out;
  private final ArrayNode messages;
  private ArrayNode results = JSON.createArrayNode();

  ChatTurns(ObjectNode out) {
    this.out = out;
    this.messages = out.putArray("messages");
  }

  void read(List<Fields.Item> items) {
    String role = "";
    for (Fields.Item item : items) {
      Fields message = item.fields();
      role = message.needed("role");
      switch (role) {
        case "system", "developer" -> system(message);
        case "user" -> user(message);
        case "assistant" -> assistant(message);
        case "tool" -> tool(message);
        default -> throw message.unfit("role", "Anthropic has no role '" + role + "'.");
      }
      if (message.has("name") && !message.text("name").equals(role)) {
        throw message.unfit("name", "Anthropic's messages do not say who of several speaks.");
      }
      message.done();
    }
    if (!role.equals("user") && !role.equals("tool")) {
      throw new Fields.Unfit(
          "messages",
          "The last message must be the user's or a tool's: Anthropic would go on with it.");
    }
  }

  /// Before the conversation it is Anthropic's system prompt, later a message of its own.
  private void system(Fields message) {
    ArrayNode blocks = texts(message, "content");
    if (blocks.isEmpty()) {
      return;
    }
    if (messages.isEmpty()) {
      ArrayNode system = out.withArray("/system");
      blocks.forEach(system::add);
    } else {
      add("system", blocks);
    }
  }

  private void user(Fields message) {
    ArrayNode blocks = JSON.createArrayNode();
    JsonNode content = message.read("content");
    if (content.isString()) {
      text(content.stringValue(), blocks);
    } else {
      for (Fields.Item item : message.list("content")) {
        Fields part = item.fields();
        String type = part.needed("type");
        switch (type) {
          case "text" -> text(part.text("text"), blocks);
          case "image_url" -> blocks.add(image(part.object("image_url")));
          case "input_audio" -> throw part.unfit("type", "Anthropic's models do not listen.");
          case "file" -> throw part.unfit("type", "Documents are not translated.");
          default -> throw part.unfit("type", "Anthropic has no equal of '" + type + "'.");
        }
        part.done();
      }
    }
    if (blocks.isEmpty()) {
      throw message.unfit("content", "Anthropic takes no empty message.");
    }
    if (results.isEmpty()) {
      add("user", blocks);
    } else {
      // Anthropic wants results and what the user says after them in one message.
      blocks.forEach(results::add);
      results = JSON.createArrayNode();
    }
  }

  private void assistant(Fields message) {
    message.refused(
        Map.of(
            "audio", "Anthropic's models do not speak.",
            "function_call", "It is retired: use tool_calls."));
    message.harmless(Map.of("annotations", "[]"));
    ArrayNode blocks = JSON.createArrayNode();
    JsonNode content = message.read("content");
    if (content.isString()) {
      text(content.stringValue(), blocks);
    } else {
      for (Fields.Item item : message.list("content")) {
        Fields part = item.fields();
        String type = part.needed("type");
        if (!type.equals("text") && !type.equals("refusal")) {
          throw part.unfit("type", "Anthropic has no equal of '" + type + "'.");
        }
        text(part.text(type), blocks);
        part.done();
      }
    }
    text(message.text("refusal"), blocks);
    for (Fields.Item item : message.list("tool_calls")) {
      blocks.add(call(item.fields()));
    }
    if (!blocks.isEmpty()) {
      add("assistant", blocks);
    }
  }

  private static ObjectNode call(Fields call) {
    if (call.has("type") && !call.text("type").equals("function")) {
      throw call.unfit("type", "Anthropic's tools take JSON only.");
    }
    call.withoutEffect("index");
    Fields function = call.object("function");
    ObjectNode use = JSON.createObjectNode().put("type", "tool_use");
    use.put("id", id(call, "id")).put("name", function.needed("name"));
    use.set("input", arguments(function));
    function.done();
    call.done();
    return use;
  }

  private static ObjectNode arguments(Fields function) {
    String text = function.text("arguments");
    try {
      if (text.isBlank()) {
        return JSON.createObjectNode();
      }
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw function.unfit("arguments", "Anthropic takes arguments that are a JSON object.");
    } catch (JacksonException e) {
      throw function.unfit("arguments", "They are no JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private static String id(Fields fields, String name) {
    String id = fields.needed(name);
    if (!TOOL_ID.matcher(id).matches()) {
      throw fields.unfit(name, "Anthropic takes letters, digits, _ and - in the id of a call.");
    }
    return id;
  }

  private void tool(Fields message) {
    ObjectNode result = JSON.createObjectNode().put("type", "tool_result");
    result.put("tool_use_id", id(message, "tool_call_id"));
    JsonNode content = message.read("content");
    if (content.isString()) {
      result.set("content", content);
    } else {
      result.set("content", texts(message, "content"));
    }
    if (results.isEmpty()) {
      results = add("user", JSON.createArrayNode());
    }
    results.add(result);
  }

  private ArrayNode add(String role, ArrayNode blocks) {
    if (!role.equals("user")) {
      results = JSON.createArrayNode();
    }
    messages.addObject().put("role", role).set("content", blocks);
    return blocks;
  }

  private static ArrayNode texts(Fields message, String name) {
    ArrayNode blocks = JSON.createArrayNode();
    JsonNode content = message.read(name);
    if (content.isString()) {
      text(content.stringValue(), blocks);
      return blocks;
    }
    for (Fields.Item item : message.list(name)) {
      Fields part = item.fields();
      if (!part.needed("type").equals("text")) {
        throw part.unfit("type", "Only text can be said here.");
      }
      text(part.text("text"), blocks);
      part.done();
    }
    return blocks;
  }

  /// Anthropic takes no empty text, and nothing is lost without it.
  private static void text(String text, ArrayNode blocks) {
    if (!text.isEmpty()) {
      blocks.addObject().put("type", "text").put("text", text);
    }
  }

  private static ObjectNode image(Fields image) {
    String detail = image.text("detail");
    if (!Set.of("", "auto", "high").contains(detail)) {
      throw image.unfit("detail", "Anthropic sees every image in full.");
    }
    String url = image.needed("url");
    image.done();
    ObjectNode block = JSON.createObjectNode().put("type", "image");
    ObjectNode source = block.putObject("source");
    Matcher data = DATA.matcher(url);
    if (data.matches()) {
      if (!IMAGES.contains(data.group(1))) {
        throw image.unfit("url", "Anthropic does not see images of " + data.group(1) + ".");
      }
      source.put("type", "base64").put("media_type", data.group(1)).put("data", data.group(2));
    } else if (url.startsWith("https://")) {
      source.put("type", "url").put("url", url);
    } else {
      throw image.unfit("url", "Anthropic takes images as base64 data or from https addresses.");
    }
    return block;
  }
}
