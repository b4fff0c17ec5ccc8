// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings one part of a message, in the shape of any provider or SDK, to the form of the GenAI
/// conventions. A part of unknown type passes through, and so do members that have no place.
final class PartForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Blobs blobs;
  private final MediaForm media;

  PartForm(Blobs blobs) {
    this.blobs = blobs;
    media = new MediaForm(blobs);
  }

  ObjectNode part(JsonNode node) {
    if (!node.isObject()) {
      return text(node.isString() ? node.stringValue() : CanonicalJson.write(node));
    }
    if (node.path("message_content").isObject()) {
      return part(node.path("message_content"));
    }
    if (node.path("tool_call").isObject()) {
      return toolCall(node.path("tool_call"));
    }
    ObjectNode provider = byMember(node);
    return provider == null ? byType(node) : provider;
  }

  static ObjectNode text(String content) {
    ObjectNode part = NODES.objectNode();
    part.put("type", "text");
    part.put("content", content);
    return part;
  }

  static ObjectNode reasoning(String content) {
    ObjectNode part = NODES.objectNode();
    part.put("type", "reasoning");
    part.put("content", content);
    return part;
  }

  /// Gemini and Bedrock name the member instead of giving a type.
  private @Nullable ObjectNode byMember(JsonNode node) {
    JsonNode call = Trees.first(node, "functionCall", "function_call", "toolUse");
    if (call != null && call.isObject()) {
      return toolCall(call);
    }
    JsonNode answer = Trees.first(node, "functionResponse", "function_response", "toolResult");
    if (answer != null && answer.isObject()) {
      return toolAnswer(answer);
    }
    return node.has("type") ? null : media.byMember(node);
  }

  private ObjectNode byType(JsonNode node) {
    String type = Trees.text(node, "type");
    return switch (type == null ? "" : type) {
      case "", "text", "input_text", "output_text", "refusal", "summary_text" ->
          textLike(node, type);
      case "thinking", "reasoning" -> reasoning(node);
      case "tool_call", "tool_use", "tool-call", "function", "function_call", "tool" ->
          toolCall(node);
      case "tool_call_response",
          "tool_result",
          "tool-result",
          "function_call_output",
          "tool_response" ->
          toolAnswer(node);
      default -> media.byType(node);
    };
  }

  private static ObjectNode textLike(JsonNode node, @Nullable String type) {
    JsonNode content = Trees.first(node, "content", "text", "refusal");
    if (content == null || (type == null && !content.isString())) {
      return type == null ? text(CanonicalJson.write(node)) : node.deepCopy().asObject();
    }
    boolean thought = node.path("thought").asBoolean(false);
    ObjectNode part = NODES.objectNode();
    part.put("type", thought ? "reasoning" : "refusal".equals(type) ? "refusal" : "text");
    part.set("content", content);
    Trees.copyRest(node, Set.of("type", "content", "text", "refusal", "thought"), part);
    return part;
  }

  private static ObjectNode reasoning(JsonNode node) {
    ObjectNode part = NODES.objectNode();
    part.put("type", "reasoning");
    JsonNode content = Trees.first(node, "content", "thinking", "text", "reasoning");
    JsonNode summary = node.get("summary");
    if (content != null && !(content.isArray() && content.isEmpty())) {
      part.set("content", content);
    } else if (summary != null && summary.isArray()) {
      StringBuilder joined = new StringBuilder();
      for (JsonNode piece : summary) {
        String text = Trees.text(piece, "text");
        joined.append(joined.isEmpty() ? "" : "\n").append(text == null ? "" : text);
      }
      part.put("content", joined.toString());
    }
    Trees.copyRest(
        node, Set.of("type", "content", "thinking", "text", "reasoning", "summary"), part);
    return part;
  }

  /// `{id?, name, arguments?}` of a call in any shape.
  ObjectNode toolCall(JsonNode node) {
    JsonNode function = node.get("function");
    JsonNode named = function != null && function.isObject() ? function : node;
    ObjectNode part = NODES.objectNode();
    part.put("type", "tool_call");
    JsonNode id = Trees.first(node, "call_id", "toolCallId", "toolUseId", "id");
    if (id != null) {
      part.set("id", id);
    }
    JsonNode name = Trees.first(named, "name", "toolName");
    if (name != null) {
      part.set("name", name);
    }
    JsonNode arguments = Trees.first(named, "arguments", "args", "input");
    if (arguments != null) {
      part.set("arguments", Trees.read(arguments));
    }
    Trees.copyRest(
        node,
        Set.of(
            "type",
            "call_id",
            "toolCallId",
            "toolUseId",
            "id",
            "name",
            "toolName",
            "arguments",
            "args",
            "input",
            "function",
            "index",
            "tool_call",
            "status"),
        part);
    return part;
  }

  /// `{id?, response}` of a tool's answer in any shape.
  ObjectNode toolAnswer(JsonNode node) {
    ObjectNode part = NODES.objectNode();
    part.put("type", "tool_call_response");
    JsonNode id =
        Trees.first(
            node, "tool_use_id", "tool_call_id", "toolCallId", "toolUseId", "call_id", "id");
    if (id != null) {
      part.set("id", id);
    }
    JsonNode name = Trees.first(node, "name", "toolName");
    if (name != null) {
      part.set("name", name);
    }
    JsonNode response = Trees.first(node, "response", "result", "output", "content");
    part.set(
        "response",
        response == null ? NODES.nullNode() : blobs.takenOut(Trees.read(answerText(response))));
    Trees.copyRest(
        node,
        Set.of(
            "type",
            "tool_use_id",
            "tool_call_id",
            "toolCallId",
            "toolUseId",
            "call_id",
            "id",
            "name",
            "toolName",
            "role",
            "event.name",
            "gen_ai.system",
            "gen_ai.message.index",
            "index",
            "response",
            "result",
            "output",
            "content"),
        part);
    return part;
  }

  /// A list of one text block is that text.
  private static JsonNode answerText(JsonNode response) {
    if (response instanceof ArrayNode blocks && blocks.size() == 1) {
      String text = Trees.text(blocks.get(0), "text");
      JsonNode type = blocks.get(0).get("type");
      if (text != null && (type == null || type.asString("").equals("text"))) {
        return NODES.stringNode(text);
      }
    }
    return response;
  }
}
