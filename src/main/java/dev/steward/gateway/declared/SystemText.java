// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.JsonBody;
import dev.steward.gateway.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The system prompt in a request, in every dialect: as it is, and with another in its place.
///
/// @param form where the request has it, empty where it can have none
record SystemText(Asked asked, Optional<Form> form) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String MESSAGES = "messages";

  /// Where a dialect has its system prompt.
  enum Form {
    /// Messages of the roles `system` and `developer`.
    CHAT,
    /// `instructions`, and input items of those roles.
    RESPONSES,
    /// `system`: a text, or blocks.
    MESSAGES,
    /// `systemInstruction` with parts.
    GENERATE,
    /// `system` with blocks that have no type.
    CONVERSE,
    /// `system_instruction`: a text.
    INTERACTIONS,
    /// A body of which nobody knows where its system prompt is.
    UNKNOWN
  }

  static SystemText of(Asked asked) {
    return new SystemText(asked, form(asked));
  }

  private static Optional<Form> form(Asked asked) {
    return switch (asked.operation()) {
      case CHAT -> Optional.of(Form.CHAT);
      case RESPONSES -> Optional.of(Form.RESPONSES);
      case MESSAGES, COUNT_TOKENS -> Optional.of(Form.MESSAGES);
      case GENERATE, STREAM_GENERATE -> Optional.of(Form.GENERATE);
      case CONVERSE, CONVERSE_STREAM -> Optional.of(Form.CONVERSE);
      case INTERACTIONS -> Optional.of(Form.INTERACTIONS);
      case INVOKE, INVOKE_STREAM -> Optional.of(makers(asked.body()));
      case EMBEDDINGS,
          GEMINI_EMBED,
          GEMINI_COUNT_TOKENS,
          BEDROCK_COUNT_TOKENS,
          OPENAI_MODELS,
          ANTHROPIC_MODELS ->
          Optional.empty();
    };
  }

  /// Each maker of models that Bedrock invokes has a form of its own.
  private static Form makers(JsonBody body) {
    if (body.has("anthropic_version")) {
      return Form.MESSAGES;
    }
    if (body.has("schemaVersion")) {
      return Form.CONVERSE;
    }
    return body.has(MESSAGES) ? Form.CHAT : Form.UNKNOWN;
  }

  /// What the process sent, empty where that cannot be known.
  Optional<String> sent() {
    List<String> texts = new ArrayList<>();
    JsonBody body = asked.body();
    switch (form.orElse(Form.UNKNOWN)) {
      case CHAT -> leading(body.read(MESSAGES), texts);
      case RESPONSES -> {
        if (body.has("prompt") || body.has("previous_response_id") || body.has("conversation")) {
          // The provider knows more than the request says.
          return Optional.empty();
        }
        texts(body.read("instructions"), texts);
        leading(body.read("input"), texts);
      }
      case MESSAGES, CONVERSE -> texts(body.read("system"), texts);
      case GENERATE -> {
        if (body.has("cachedContent") || body.has("cached_content")) {
          return Optional.empty();
        }
        texts(body.read(asked.instructionsIn()), texts);
      }
      case INTERACTIONS -> texts(body.read("system_instruction"), texts);
      case UNKNOWN -> {
        return Optional.empty();
      }
    }
    return Optional.of(String.join("\n", texts));
  }

  private static void leading(JsonNode messages, List<String> texts) {
    for (JsonNode message : messages) {
      if (leads(message)) {
        texts(message.path("content"), texts);
      }
    }
  }

  private static boolean leads(JsonNode message) {
    String role = message.path("role").asString("");
    return role.equals("system") || role.equals("developer");
  }

  /// A text, blocks with texts, or parts with texts.
  private static void texts(JsonNode node, List<String> texts) {
    if (node.isString()) {
      texts.add(node.stringValue());
    } else if (node.isArray()) {
      node.forEach(block -> texts(block, texts));
    } else if (node.path("parts").isArray() || node.path("parts").isObject()) {
      texts(node.path("parts"), texts);
    } else if (node.path("text").isString()) {
      texts.add(node.path("text").stringValue());
    }
  }

  /// The members of the body that change where this text is the system prompt, empty where it
  /// cannot be placed.
  Optional<Map<String, String>> placing(String text) {
    JsonBody body = asked.body();
    return switch (form.orElse(Form.UNKNOWN)) {
      case CHAT -> Optional.of(Map.of(MESSAGES, led(body.read(MESSAGES), text)));
      case RESPONSES -> responses(body, text);
      case MESSAGES -> Optional.of(messages(body, text));
      case GENERATE -> generate(body, text);
      case CONVERSE -> Optional.of(Map.of("system", blocks(body.read("system"), text)));
      case INTERACTIONS -> Optional.of(Map.of("system_instruction", quoted(text)));
      case UNKNOWN -> Optional.empty();
    };
  }

  /// The messages with this one at their head and no other that leads.
  private static String led(JsonNode messages, String text) {
    ArrayNode all = JSON.createArrayNode();
    String role = "system";
    for (JsonNode message : messages) {
      if (leads(message)) {
        role = message.path("role").asString("");
        break;
      }
    }
    all.addObject().put("role", role).put("content", text);
    for (JsonNode message : messages) {
      if (!leads(message)) {
        all.add(message);
      }
    }
    return all.toString();
  }

  private static Optional<Map<String, String>> responses(JsonBody body, String text) {
    if (body.has("prompt")) {
      return Optional.empty();
    }
    JsonNode input = body.read("input");
    if (!input.isArray()) {
      return Optional.of(Map.of("instructions", quoted(text)));
    }
    ArrayNode rest = JSON.createArrayNode();
    for (JsonNode item : input) {
      if (!leads(item)) {
        rest.add(item);
      }
    }
    return Optional.of(Map.of("instructions", quoted(text), "input", rest.toString()));
  }

  /// A mark of the prompt's cache stays, since it costs the agent money to lose it.
  private static Map<String, String> messages(JsonBody body, String text) {
    ObjectNode block = JSON.createObjectNode().put("type", "text").put("text", text);
    boolean marked = false;
    for (JsonNode each : body.read("system")) {
      if (each.has("cache_control")) {
        block.set("cache_control", each.get("cache_control"));
        marked = true;
      }
    }
    String system = marked ? JSON.createArrayNode().add(block).toString() : quoted(text);
    ArrayNode rest = JSON.createArrayNode();
    boolean led = false;
    for (JsonNode message : body.read(MESSAGES)) {
      if (leads(message)) {
        led = true;
      } else {
        rest.add(message);
      }
    }
    return led ? Map.of("system", system, MESSAGES, rest.toString()) : Map.of("system", system);
  }

  private static Optional<Map<String, String>> generate(JsonBody body, String text) {
    if (body.has("cachedContent") || body.has("cached_content")) {
      return Optional.empty();
    }
    ObjectNode instruction = JSON.createObjectNode();
    instruction.putArray("parts").addObject().put("text", text);
    String camel = "systemInstruction";
    String snake = "system_instruction";
    return Optional.of(
        body.has(snake)
            ? body.has(camel)
                ? Map.of(camel, instruction.toString(), snake, instruction.toString())
                : Map.of(snake, instruction.toString())
            : Map.of(camel, instruction.toString()));
  }

  private static String blocks(JsonNode before, String text) {
    ArrayNode blocks = JSON.createArrayNode();
    blocks.addObject().put("text", text);
    for (JsonNode each : before) {
      if (each.has("cachePoint")) {
        blocks.add(each);
        break;
      }
    }
    return blocks.toString();
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  /// Whether the operation spends, so that what it does counts as the agent's work.
  boolean works() {
    return asked.operation() != Operation.COUNT_TOKENS;
  }
}
