// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.otlp.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings one message, in the shape of any provider or SDK, to `{role, parts}` of the GenAI
/// conventions.
final class MessageForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("human", "user"),
          Map.entry("humanmessage", "user"),
          Map.entry("humanmessagechunk", "user"),
          Map.entry("ai", "assistant"),
          Map.entry("aimessage", "assistant"),
          Map.entry("aimessagechunk", "assistant"),
          Map.entry("model", "assistant"),
          Map.entry("systemmessage", "system"),
          Map.entry("function", "tool"),
          Map.entry("functionmessage", "tool"),
          Map.entry("toolmessage", "tool"));

  private static final String[] SHELLS = {
    "message", "kwargs", "data", "prompt", "completion", "delta"
  };

  private static final Set<String> ITEMS =
      Set.of("function_call", "function_call_output", "reasoning", "tool_call", "tool-call");

  private static final Set<String> USED =
      Set.of(
          "role",
          "parts",
          "content",
          "contents",
          "tool_calls",
          "toolCalls",
          "function_call",
          "reasoning_content",
          "message",
          "text",
          "event.name",
          "gen_ai.system",
          "index",
          "gen_ai.message.index",
          "prompt",
          "completion",
          "lc",
          "kwargs",
          "tool_call_id",
          "finishReason",
          "delta",
          "logprobs");

  private final PartForm parts;

  MessageForm(PartForm parts) {
    this.parts = parts;
  }

  /// Whether the value is a message rather than something that holds messages or other data.
  static boolean is(JsonNode node) {
    if (!node.isObject()) {
      return false;
    }
    return node.has("role")
        || node.has("event.name")
        || node.path("parts").isArray()
        || node.path("kwargs").isObject()
        || node.path("message").isObject()
        || (node.path("content").isObject() && node.path("content").has("parts"))
        || node.path("prompt").path("text").isString()
        || node.path("completion").path("text").isString()
        || ITEMS.contains(node.path("type").asString(""))
        || (roleOf(node.path("type").asString("")) != null && node.has("content"));
  }

  /// @param fallbackRole for a message that names none
  ObjectNode message(JsonNode node, String fallbackRole) {
    if (!node.isObject()) {
      return of(fallbackRole, parts.part(node));
    }
    String type = node.path("type").asString("");
    if (ITEMS.contains(type) && !node.has("role")) {
      boolean answer = type.equals("function_call_output");
      return of(answer ? "tool" : "assistant", parts.part(node));
    }
    JsonNode inner = inner(node);
    String role = role(node, inner, fallbackRole);
    ObjectNode message = NODES.objectNode();
    message.put("role", role);
    ArrayNode list = message.putArray("parts");
    addParts(inner, role, list);
    Set<String> alsoUsed = roleOf(type) != null ? Set.of("type") : Set.of();
    for (JsonNode layer : shell(node) == null ? List.of(node) : List.of(inner, node)) {
      ObjectNode rest = NODES.objectNode();
      Trees.copyRest(layer, USED, rest);
      Trees.copyRest(rest, alsoUsed, message);
    }
    if (node.has("finishReason") && !message.has("finish_reason")) {
      message.set("finish_reason", node.path("finishReason"));
    }
    if (node.has("kwargs") || node.path("message").has("kwargs")) {
      message.remove("type");
      message.remove("id");
    } else if (role.equals("tool") && answersCall(inner)) {
      message.remove("id");
      message.remove("name");
    }
    return message;
  }

  static ObjectNode of(String role, ObjectNode part) {
    ObjectNode message = NODES.objectNode();
    message.put("role", role);
    message.putArray("parts").add(part);
    return message;
  }

  /// The layer that holds the content: OpenInference, choices, candidates and LangChain wrap it,
  /// LangChain twice.
  private static JsonNode inner(JsonNode node) {
    JsonNode outer = shell(node);
    if (outer == null) {
      return node;
    }
    JsonNode second = shell(outer);
    return second == null ? outer : second;
  }

  /// What a shell around a message holds, null when there is no shell.
  private static @Nullable JsonNode shell(JsonNode node) {
    if (node.has("parts")) {
      return null;
    }
    for (String name : SHELLS) {
      JsonNode inside = node.path(name);
      if (inside.isObject()) {
        return inside;
      }
    }
    JsonNode content = node.path("content");
    return content.isObject() && content.has("parts") ? content : null;
  }

  private static String role(JsonNode node, JsonNode inner, String fallback) {
    String said = Trees.text(inner, "role");
    String role = said == null ? Trees.text(node, "role") : said;
    if (role == null) {
      JsonNode id = node.get("id");
      String kind =
          id != null && id.isArray() && !id.isEmpty()
              ? id.get(id.size() - 1).asString("")
              : node.path("type").asString(inner.path("type").asString(""));
      String known = roleOf(kind);
      return known == null ? fallback : known;
    }
    String known = roleOf(role);
    return known == null ? role : known;
  }

  private static @Nullable String roleOf(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "user", "assistant", "system", "tool" -> lower;
      default -> ROLES.get(lower);
    };
  }

  private void addParts(JsonNode inner, String role, ArrayNode list) {
    String reasoning = Trees.text(inner, "reasoning_content");
    if (reasoning != null && !reasoning.isEmpty()) {
      list.add(PartForm.reasoning(reasoning));
    }
    JsonNode content = Trees.first(inner, "parts", "contents", "content", "text");
    if (content == null && inner.path("message").isString()) {
      content = inner.get("message");
    }
    if (content != null && role.equals("tool") && isPlainAnswer(inner, content)) {
      list.add(parts.toolAnswer(inner));
    } else if (content != null) {
      addContent(partsIn(content), list);
    }
    for (String calls : new String[] {"tool_calls", "toolCalls"}) {
      Trees.read(inner.path(calls)).forEach(call -> list.add(toolCall(call)));
    }
    if (inner.path("function_call").isObject()) {
      list.add(parts.toolCall(inner.path("function_call")));
    }
  }

  private ObjectNode toolCall(JsonNode call) {
    JsonNode wrapped = call.path("tool_call");
    return parts.toolCall(wrapped.isObject() ? wrapped : call);
  }

  private void addContent(JsonNode content, ArrayNode list) {
    if (content.isArray()) {
      content.forEach(part -> list.add(parts.part(part)));
    } else if (!content.isString() || !content.stringValue().isEmpty()) {
      list.add(parts.part(content));
    }
  }

  /// A tool's message in the style of OpenAI: content beside the id of the call.
  private static boolean isPlainAnswer(JsonNode inner, JsonNode content) {
    return !inner.has("parts")
        && !inner.has("contents")
        && (answersCall(inner) || content.isString());
  }

  private static boolean answersCall(JsonNode inner) {
    return Trees.first(inner, "tool_call_id", "toolCallId", "id") != null;
  }

  /// Some SDKs write the list of parts as a text.
  private static JsonNode partsIn(JsonNode content) {
    if (!content.isString() || !content.stringValue().startsWith("[{")) {
      return content;
    }
    JsonNode read = Json.read(content.stringValue());
    if (read == null || !read.isArray()) {
      return content;
    }
    for (JsonNode part : read) {
      if (!part.isObject() || !part.path("type").isString()) {
        return content;
      }
    }
    return read;
  }
}
