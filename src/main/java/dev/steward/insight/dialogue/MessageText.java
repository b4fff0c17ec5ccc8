// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.dialogue;

import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One message of a conversation as texts, calls and results of tools.
///
/// @param text of its text parts, one after the other
public record MessageText(String role, String text, List<Asked> asked, List<Answered> answered) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public MessageText {
    asked = List.copyOf(asked);
    answered = List.copyOf(answered);
  }

  /// A tool that the message asks for.
  record Asked(String id, String tool, String arguments) {}

  /// What a tool returned.
  record Answered(String id, String tool, String result) {}

  static MessageText of(Message message) {
    return read(tree(message.json()));
  }

  /// The parts of instructions as one text.
  static String ofParts(Message parts) {
    StringBuilder text = new StringBuilder();
    tree(parts.json()).forEach(part -> append(text, part));
    return text.toString();
  }

  /// Names and values of a JSON text, one a line; a text that is no JSON as it is.
  public static String flat(String json) {
    StringBuilder text = new StringBuilder();
    flatten(tree(json), text);
    return text.toString();
  }

  /// The tree of a JSON text, also of one that lies as a text in another; a text node of what is
  /// none.
  public static JsonNode tree(String json) {
    JsonNode read = parsed(json);
    if (read != null && read.isString()) {
      String inner = read.stringValue();
      JsonNode within = opens(inner) ? parsed(inner) : null;
      return within == null ? read : within;
    }
    return read == null ? JSON.getNodeFactory().stringNode(json) : read;
  }

  private static boolean opens(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static @Nullable JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException _) {
      return null;
    }
  }

  private static MessageText read(JsonNode message) {
    StringBuilder text = new StringBuilder();
    List<Asked> asked = new ArrayList<>();
    List<Answered> answered = new ArrayList<>();
    for (JsonNode part : message.path("parts")) {
      switch (part.path("type").asString("")) {
        case "tool_call" ->
            asked.add(
                new Asked(
                    part.path("id").asString(""),
                    part.path("name").asString(""),
                    part.path("arguments").toString()));
        case "tool_call_response" ->
            answered.add(
                new Answered(
                    part.path("id").asString(""),
                    part.path("name").asString(message.path("name").asString("")),
                    part.path("response").toString()));
        default -> append(text, part);
      }
    }
    return new MessageText(message.path("role").asString(""), text.toString(), asked, answered);
  }

  private static void append(StringBuilder text, JsonNode part) {
    String type = part.path("type").asString("");
    if (type.equals("text") || type.equals("refusal")) {
      text.append(part.path("content").asString("")).append('\n');
    }
  }

  private static void flatten(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      node.properties()
          .forEach(member -> {
            text.append(member.getKey()).append('\n');
            flatten(member.getValue(), text);
          });
    } else if (node.isArray()) {
      node.forEach(element -> flatten(element, text));
    } else if (!node.isNull()) {
      text.append(node.asString("")).append('\n');
    }
  }
}
