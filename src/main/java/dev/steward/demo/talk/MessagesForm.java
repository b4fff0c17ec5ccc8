// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages.
final class MessagesForm implements Form {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OUTPUT_MAX = 2_048;

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public ObjectNode request(Asking asking) {
    ObjectNode request = JSON.createObjectNode().put("model", asking.use());
    request.put("max_tokens", OUTPUT_MAX).put("system", asking.instructions());
    ArrayNode messages = request.putArray("messages");
    for (ObjectNode message : asking.messages()) {
      messages.add(message(message));
    }
    ArrayNode tools = JSON.createArrayNode();
    for (String tool : asking.tools()) {
      tools.addObject().put("name", tool).putObject("input_schema").put("type", "object");
    }
    if (!tools.isEmpty()) {
      request.set("tools", tools);
    }
    return asking.streams() ? request.put("stream", true) : request;
  }

  private static ObjectNode message(ObjectNode told) {
    String role = told.path("role").asString().equals("assistant") ? "assistant" : "user";
    JsonNode part = told.path("parts").path(0);
    ObjectNode message = JSON.createObjectNode().put("role", role);
    ObjectNode block = message.putArray("content").addObject();
    switch (part.path("type").asString()) {
      case "tool_call" ->
          block
              .put("type", "tool_use")
              .put("id", part.path("id").asString())
              .put("name", part.path("name").asString())
              .set("input", part.path("arguments"));
      case "tool_call_response" ->
          block
              .put("type", "tool_result")
              .put("tool_use_id", part.path("id").asString())
              .put("content", part.path("response").toString());
      default -> block.put("type", "text").put("text", part.path("content").asString());
    }
    return message;
  }

  @Override
  public Said whole(JsonNode answer) {
    JsonNode block = answer.path("content").path(0);
    JsonNode usage = answer.path("usage");
    return new Said(
        block.path("type").asString("").equals("tool_use")
            ? Words.toolCall(
                block.path("id").asString(), block.path("name").asString(), block.path("input"))
            : Words.text("assistant", block.path("text").asString("")),
        answer.path("model").asString(""),
        answer.path("id").asString(""),
        usage.path("input_tokens").asLong(0),
        usage.path("output_tokens").asLong(0));
  }

  @Override
  public Hearing hearing() {
    return new Hearing() {
      private final StringBuilder text = new StringBuilder();
      private final StringBuilder input = new StringBuilder();
      private JsonNode begun = JSON.createObjectNode();
      private JsonNode block = JSON.createObjectNode();
      private long output;

      @Override
      public void event(JsonNode data) {
        switch (data.path("type").asString("")) {
          case "error" -> throw new RefusedException(0, Form.error(data));
          case "message_start" -> begun = data.path("message");
          case "content_block_start" -> block = data.path("content_block");
          case "content_block_delta" -> {
            text.append(data.path("delta").path("text").asString(""));
            input.append(data.path("delta").path("partial_json").asString(""));
          }
          case "message_delta" -> output = data.path("usage").path("output_tokens").asLong(output);
          default -> {
            // Pings and ends say nothing that is missed.
          }
        }
      }

      @Override
      public Said said() {
        boolean calls = block.path("type").asString("").equals("tool_use");
        return new Said(
            calls
                ? Words.toolCall(
                    block.path("id").asString(),
                    block.path("name").asString(),
                    JSON.readTree(input.toString()))
                : Words.text("assistant", text.toString()),
            begun.path("model").asString(""),
            begun.path("id").asString(""),
            begun.path("usage").path("input_tokens").asLong(0),
            output);
      }
    };
  }
}
