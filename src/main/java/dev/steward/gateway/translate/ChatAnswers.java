// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's answers as OpenAI chat completions.
final class ChatAnswers implements Answers {
  private final long created;
  private final boolean usageAsked;

  ChatAnswers(long created, boolean usageAsked) {
    this.created = created;
    this.usageAsked = usageAsked;
  }

  @Override
  public Whole whole(int status, byte[] body) {
    JsonNode message = tree(body);
    if (status >= 400) {
      return new Whole(status(status), JSON.writeValueAsBytes(error(status, message)));
    }
    if (!message.path("content").isArray()) {
      return new Whole(
          502,
          JSON.writeValueAsBytes(
              error("server_error", "", "The provider's answer is no message.")));
    }
    return new Whole(status, JSON.writeValueAsBytes(completion(message)));
  }

  @Override
  public Stream stream() {
    return new ChatStream(created, usageAsked);
  }

  /// The bytes as JSON, a missing node when they are none.
  static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private ObjectNode completion(JsonNode message) {
    ObjectNode out = JSON.createObjectNode();
    out.put("id", message.path("id").stringValue(""));
    out.put("object", "chat.completion").put("created", created);
    out.put("model", message.path("model").stringValue(""));
    ObjectNode choice = out.putArray("choices").addObject().put("index", 0);
    ObjectNode said = choice.putObject("message").put("role", "assistant");
    StringBuilder text = new StringBuilder();
    ArrayNode calls = JSON.createArrayNode();
    for (JsonNode block : message.path("content")) {
      switch (block.path("type").stringValue("")) {
        case "text" -> text.append(block.path("text").stringValue(""));
        case "tool_use" -> calls.add(call(block));
        // Thoughts: this dialect does not show them, and nobody asked for them.
        default -> {}
      }
    }
    if (text.isEmpty()) {
      said.putNull("content");
    } else {
      said.put("content", text.toString());
    }
    said.putNull("refusal");
    if (!calls.isEmpty()) {
      said.set("tool_calls", calls);
    }
    choice.put("finish_reason", finish(message.path("stop_reason").stringValue("")));
    choice.putNull("logprobs");
    if (message.path("usage").isObject()) {
      out.set("usage", usage(message.path("usage")));
    }
    return out;
  }

  private static ObjectNode call(JsonNode block) {
    ObjectNode call = JSON.createObjectNode();
    call.put("id", block.path("id").stringValue("")).put("type", "function");
    JsonNode input = block.path("input");
    call.putObject("function")
        .put("name", block.path("name").stringValue(""))
        .put("arguments", input.isObject() ? input.toString() : "{}");
    return call;
  }

  static String finish(String stop) {
    return switch (stop) {
      case "tool_use" -> "tool_calls";
      case "max_tokens", "model_context_window_exceeded", "pause_turn" -> "length";
      case "refusal" -> "content_filter";
      default -> "stop";
    };
  }

  /// Anthropic counts what was read from and written to the cache beside its input tokens, OpenAI
  /// within them. What is not said stays unsaid.
  static ObjectNode usage(JsonNode usage) {
    long read = usage.path("cache_read_input_tokens").longValue(0);
    long written = usage.path("cache_creation_input_tokens").longValue(0);
    ObjectNode out = JSON.createObjectNode();
    boolean known = usage.path("input_tokens").isNumber() && usage.path("output_tokens").isNumber();
    if (!known) {
      return out.putNull("prompt_tokens").putNull("completion_tokens").putNull("total_tokens");
    }
    long prompt = usage.path("input_tokens").longValue() + read + written;
    long completion = usage.path("output_tokens").longValue();
    out.put("prompt_tokens", prompt).put("completion_tokens", completion);
    out.put("total_tokens", prompt + completion);
    ObjectNode details = JSON.createObjectNode();
    copy(usage, "cache_read_input_tokens", details, "cached_tokens");
    copy(usage, "cache_creation_input_tokens", details, "cache_write_tokens");
    if (!details.isEmpty()) {
      out.set("prompt_tokens_details", details);
    }
    ObjectNode thought = JSON.createObjectNode();
    copy(usage.path("output_tokens_details"), "thinking_tokens", thought, "reasoning_tokens");
    if (!thought.isEmpty()) {
      out.set("completion_tokens_details", thought);
    }
    return out;
  }

  static void copy(JsonNode from, String name, ObjectNode to, String as) {
    if (from.path(name).isNumber()) {
      to.set(as, from.path(name));
    }
  }

  /// OpenAI has no status for an empty purse or for too much load.
  private static int status(int status) {
    return switch (status) {
      case 402 -> 429;
      case 529 -> 503;
      default -> status;
    };
  }

  private static ObjectNode error(int status, JsonNode body) {
    JsonNode error = body.path("error");
    String message = error.path("message").stringValue("");
    String type = error.path("type").stringValue("");
    return error(
        type.isEmpty() ? MessagesAnswers.type(status) : type,
        message.isEmpty() ? "The provider answered " + status + " without a reason." : message);
  }

  /// An error in OpenAI's words.
  ///
  /// @param type in Anthropic's words
  static ObjectNode error(String type, String message) {
    return switch (type) {
      case "authentication_error" -> error("authentication_error", "invalid_api_key", message);
      case "permission_error" -> error("permission_error", "permission_denied", message);
      case "not_found_error" -> error("invalid_request_error", "model_not_found", message);
      case "rate_limit_error" -> error("rate_limit_error", "rate_limit_exceeded", message);
      case "billing_error" -> error("insufficient_quota", "insufficient_quota", message);
      case "request_too_large" -> error("invalid_request_error", "request_too_large", message);
      case "invalid_request_error" ->
          error(
              "invalid_request_error",
              message.startsWith("prompt is too long") ? "context_length_exceeded" : "",
              message);
      case "overloaded_error" -> error("server_error", "overloaded", message);
      case "timeout_error" -> error("server_error", "timeout", message);
      default -> error("server_error", "", message);
    };
  }

  private static ObjectNode error(String type, String code, String message) {
    ObjectNode out = JSON.createObjectNode();
    ObjectNode error = out.putObject("error");
    error.put("message", message).put("type", type).putNull("param");
    if (code.isEmpty()) {
      error.putNull("code");
    } else {
      error.put("code", code);
    }
    return out;
  }
}
