// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's chat completions.
final class ChatForm implements Form {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OUTPUT_MAX = 2_048;

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public ObjectNode request(Asking asking) {
    ObjectNode request = JSON.createObjectNode().put("model", asking.use());
    ArrayNode messages = request.putArray("messages");
    messages.addObject().put("role", "system").put("content", asking.instructions());
    for (ObjectNode message : asking.messages()) {
      messages.add(message(message));
    }
    ArrayNode tools = JSON.createArrayNode();
    for (String tool : asking.tools()) {
      ObjectNode function = tools.addObject().put("type", "function").putObject("function");
      function.put("name", tool).putObject("parameters").put("type", "object");
    }
    if (!tools.isEmpty()) {
      request.set("tools", tools);
    }
    request.put("max_completion_tokens", OUTPUT_MAX);
    if (asking.streams()) {
      request.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    return request;
  }

  private static ObjectNode message(ObjectNode told) {
    String role = told.path("role").asString();
    JsonNode part = told.path("parts").path(0);
    ObjectNode message = JSON.createObjectNode().put("role", role);
    switch (part.path("type").asString()) {
      case "tool_call" -> {
        ObjectNode call = message.putNull("content").putArray("tool_calls").addObject();
        call.put("id", part.path("id").asString()).put("type", "function");
        call.putObject("function")
            .put("name", part.path("name").asString())
            .put("arguments", part.path("arguments").toString());
      }
      case "tool_call_response" ->
          message
              .put("tool_call_id", part.path("id").asString())
              .put("content", part.path("response").toString());
      default -> message.put("content", part.path("content").asString());
    }
    return message;
  }

  @Override
  public Said whole(JsonNode answer) {
    JsonNode message = answer.path("choices").path(0).path("message");
    JsonNode call = message.path("tool_calls").path(0);
    return said(
        answer,
        message.path("content").asString(""),
        call.path("id").asString(""),
        call.path("function").path("name").asString(""),
        call.path("function").path("arguments").asString("{}"),
        answer.path("usage"));
  }

  private static Said said(
      JsonNode answer, String text, String id, String tool, String arguments, JsonNode usage) {
    return new Said(
        tool.isEmpty()
            ? Words.text("assistant", text)
            : Words.toolCall(id, tool, JSON.readTree(arguments)),
        answer.path("model").asString(""),
        answer.path("id").asString(""),
        usage.path("prompt_tokens").asLong(0),
        usage.path("completion_tokens").asLong(0));
  }

  @Override
  public Hearing hearing() {
    return new Hearing() {
      private final StringBuilder text = new StringBuilder();
      private final StringBuilder arguments = new StringBuilder();
      private String id = "";
      private String tool = "";
      private JsonNode last = JSON.createObjectNode();
      private JsonNode usage = JSON.createObjectNode();

      @Override
      public void event(JsonNode data) {
        if (data.has("error")) {
          throw new RefusedException(0, Form.error(data));
        }
        last = data;
        usage = data.path("usage").isObject() ? data.path("usage") : usage;
        JsonNode delta = data.path("choices").path(0).path("delta");
        text.append(delta.path("content").asString(""));
        JsonNode call = delta.path("tool_calls").path(0);
        id = call.path("id").asString(id);
        tool = call.path("function").path("name").asString(tool);
        arguments.append(call.path("function").path("arguments").asString(""));
      }

      @Override
      public Said said() {
        return ChatForm.said(last, text.toString(), id, tool, arguments.toString(), usage);
      }
    };
  }
}
