// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chunks of OpenAI chat completions.
final class ChatFold implements Fold {
  private static final List<String> NAMES =
      List.of("id", "model", "system_fingerprint", "usage", "service_tier");

  private final ObjectNode body = JsonMapper.shared().createObjectNode();
  private final Map<Integer, Choice> choices = new TreeMap<>();
  private @Nullable String error;

  @Override
  public void add(JsonNode chunk) {
    if (chunk.path("error").isObject()) {
      error = chunk.path("error").path("message").asString(chunk.path("error").toString());
      return;
    }
    for (String name : NAMES) {
      JsonNode value = chunk.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        body.set(name, value);
      }
    }
    for (JsonNode choice : chunk.path("choices")) {
      choices.computeIfAbsent(choice.path("index").asInt(0), i -> new Choice()).add(choice);
    }
  }

  @Override
  public JsonNode body() {
    ArrayNode list = body.putArray("choices");
    choices.values().forEach(choice -> list.add(choice.whole()));
    return body;
  }

  @Override
  public boolean ended() {
    return !choices.isEmpty() && choices.values().stream().allMatch(c -> c.finish != null);
  }

  @Override
  public @Nullable String error() {
    return error;
  }

  /// One of the answers that a call asked for.
  private static final class Choice {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, ToolCall> calls = new TreeMap<>();
    private @Nullable String finish;

    private void add(JsonNode choice) {
      JsonNode delta = choice.path("delta");
      content.append(delta.path("content").asString(""));
      refusal.append(delta.path("refusal").asString(""));
      JsonNode thought = delta.path("reasoning_content");
      reasoning.append((thought.isString() ? thought : delta.path("reasoning")).asString(""));
      for (JsonNode call : delta.path("tool_calls")) {
        calls.computeIfAbsent(call.path("index").asInt(0), i -> new ToolCall()).add(call);
      }
      if (choice.path("finish_reason").isString()) {
        finish = choice.path("finish_reason").stringValue();
      }
    }

    private ObjectNode whole() {
      ObjectNode choice = JsonMapper.shared().createObjectNode();
      ObjectNode message = choice.putObject("message").put("role", "assistant");
      put(message, "content", content);
      put(message, "refusal", refusal);
      put(message, "reasoning_content", reasoning);
      if (!calls.isEmpty()) {
        ArrayNode list = message.putArray("tool_calls");
        calls.values().forEach(call -> list.add(call.whole()));
      }
      if (finish != null) {
        choice.put("finish_reason", finish);
      }
      return choice;
    }

    private static void put(ObjectNode message, String name, StringBuilder text) {
      if (!text.isEmpty()) {
        message.put(name, text.toString());
      }
    }
  }

  /// One tool call; its id and name come first, its arguments in pieces.
  private static final class ToolCall {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    private void add(JsonNode call) {
      id = id.isEmpty() ? call.path("id").asString("") : id;
      JsonNode function = call.has("custom") ? call.path("custom") : call.path("function");
      name = name.isEmpty() ? function.path("name").asString("") : name;
      arguments.append(function.path("arguments").asString(""));
      arguments.append(function.path("input").asString(""));
    }

    private ObjectNode whole() {
      ObjectNode call = JsonMapper.shared().createObjectNode();
      call.put("id", id).put("type", "function");
      call.putObject("function").put("name", name).put("arguments", arguments.toString());
      return call;
    }
  }
}
