// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import dev.steward.gateway.turn.Turn.Call;
import dev.steward.gateway.turn.Turn.Result;
import dev.steward.gateway.turn.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads messages of OpenAI chat, OpenAI responses, Anthropic, Gemini, Bedrock and of the GenAI
/// conventions into [Turn]s. It needs no word on the dialect: their ways to write a tool call or
/// its result exclude each other.
public final class TurnReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Call> calls = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private long words = Fingerprint.NONE;

  private TurnReader() {}

  /// @param messages a JSON array of messages or a JSON text; what is neither has no turns, and the
  ///   provider will say what is wrong with it
  public static List<Turn> read(String messages) {
    List<Turn> turns = new ArrayList<>();
    JsonNode read;
    try {
      read = JSON.readTree(messages);
    } catch (JacksonException _) {
      return turns;
    }
    if (read.isString()) {
      turns.add(new Turn(Role.USER, Fingerprint.of(read.stringValue()), List.of(), List.of()));
    } else if (read.isObject()) {
      turns.add(turn(read));
    } else {
      for (JsonNode message : read) {
        turns.add(turn(message));
      }
    }
    return turns;
  }

  static Turn turn(JsonNode message) {
    TurnReader reader = new TurnReader();
    String type = message.path("type").asString("");
    if (message.has("role")) {
      reader.message(message);
    } else if (type.endsWith("_output")) {
      reader.result(message.path("call_id"), message.path("output"));
    } else if (type.endsWith("_call")) {
      reader.item(message, type);
    } else if (message.has("parts")) {
      reader.blocks(message.path("parts"));
    }
    return new Turn(reader.role(message, type), reader.words, reader.calls, reader.results);
  }

  private Role role(JsonNode message, String type) {
    if (!results.isEmpty()) {
      return Role.TOOL;
    }
    if (!calls.isEmpty() || type.equals("reasoning")) {
      return Role.ASSISTANT;
    }
    return switch (message.path("role").asString("")) {
      case "system", "developer" -> Role.SYSTEM;
      case "assistant", "model" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      default -> Role.USER;
    };
  }

  private void message(JsonNode message) {
    String role = message.path("role").asString("");
    if (!message.has("parts") && (role.equals("tool") || role.equals("function"))) {
      JsonNode id = message.path("tool_call_id");
      result(id.isString() ? id : message.path("name"), message.path("content"));
      return;
    }
    for (JsonNode call : message.path("tool_calls")) {
      boolean custom = call.has("custom");
      JsonNode asked = call.path(custom ? "custom" : "function");
      call(call.path("id"), asked.path("name"), asked.path(custom ? "input" : "arguments"));
    }
    JsonNode legacy = message.path("function_call");
    if (legacy.isObject()) {
      call(legacy.path("name"), legacy.path("name"), legacy.path("arguments"));
    }
    blocks(message.has("parts") ? message.path("parts") : message.path("content"));
  }

  /// An item of OpenAI responses: a function of the client, or a tool that ran at the provider.
  private void item(JsonNode item, String type) {
    JsonNode id = item.path("call_id");
    if (item.has("name")) {
      call(id, item.path("name"), item.has("input") ? item.path("input") : item.path("arguments"));
    } else if (item.has("action")) {
      call(id, JSON.getNodeFactory().stringNode(type), item.path("action"));
    } else {
      words = Fingerprint.mix(words, Fingerprint.answer(item.path("queries")));
    }
  }

  private void blocks(JsonNode content) {
    if (content.isString()) {
      say(content);
      return;
    }
    for (JsonNode block : content) {
      block(block);
    }
  }

  private void block(JsonNode block) {
    if (block.has("toolUse")) {
      JsonNode use = block.path("toolUse");
      call(use.path("toolUseId"), use.path("name"), use.path("input"));
    } else if (block.has("toolResult")) {
      JsonNode result = block.path("toolResult");
      result(result.path("toolUseId"), result.path("content"));
    } else if (block.has("functionCall")) {
      JsonNode call = block.path("functionCall");
      call(idOrName(call), call.path("name"), call.path("args"));
    } else if (block.has("functionResponse")) {
      JsonNode response = block.path("functionResponse");
      result(idOrName(response), response.path("response"));
    } else {
      switch (block.path("type").asString("")) {
        case "tool_use" -> call(block.path("id"), block.path("name"), block.path("input"));
        case "tool_call" -> call(block.path("id"), block.path("name"), block.path("arguments"));
        case "tool_call_response" -> result(block.path("id"), response(block));
        case "tool_result" -> result(block.path("tool_use_id"), block.path("content"));
        case "thinking", "redacted_thinking", "reasoning" -> {
          // Thoughts differ where the deed is the same.
        }
        default -> say(block.has("text") ? block.path("text") : block);
      }
    }
  }

  /// The GenAI conventions have named it both ways.
  private static JsonNode response(JsonNode part) {
    return part.has("response") ? part.path("response") : part.path("result");
  }

  private static JsonNode idOrName(JsonNode node) {
    return node.path("id").isString() ? node.path("id") : node.path("name");
  }

  private void call(JsonNode id, JsonNode tool, JsonNode arguments) {
    calls.add(new Call(id.asString(""), tool.asString(""), Fingerprint.arguments(arguments)));
  }

  private void result(JsonNode id, JsonNode content) {
    results.add(new Result(id.asString(""), Fingerprint.answer(plain(content))));
  }

  /// One dialect gives as a text what another gives as a list of one.
  private static JsonNode plain(JsonNode content) {
    boolean one = content.isArray() && content.size() == 1;
    JsonNode text = one ? content.path(0).path("text") : content;
    return one && text.isString() ? text : content;
  }

  private void say(JsonNode said) {
    if (!said.isString() || !said.stringValue().isBlank()) {
      words =
          Fingerprint.mix(
              words,
              said.isString()
                  ? Fingerprint.of(said.stringValue().strip())
                  : Fingerprint.answer(said));
    }
  }
}
