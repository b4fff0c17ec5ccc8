// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI chat completions as Anthropic's answers.
final class MessagesAnswers implements Answers {

  @Override
  public Whole whole(int status, byte[] body) {
    JsonNode completion = ChatAnswers.tree(body);
    if (status >= 400 || completion.path("error").isObject()) {
      int coded = completion.path("error").path("code").intValue(0);
      int shown = status >= 400 ? status : coded >= 400 && coded < 600 ? coded : 502;
      return new Whole(shown, JSON.writeValueAsBytes(error(shown, completion)));
    }
    JsonNode choice = completion.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      return unreadable("The provider's answer is no chat completion.");
    }
    try {
      return new Whole(status, JSON.writeValueAsBytes(message(completion, choice)));
    } catch (Fields.Unfit e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Whole unreadable(String reason) {
    return new Whole(502, JSON.writeValueAsBytes(error("api_error", reason)));
  }

  @Override
  public Stream stream() {
    return new MessagesStream();
  }

  private static ObjectNode message(JsonNode completion, JsonNode choice) {
    ObjectNode out = empty(completion);
    JsonNode said = choice.path("message");
    ArrayNode content = out.putArray("content");
    text(said.path("content"), content);
    text(said.path("refusal"), content);
    for (JsonNode call : said.path("tool_calls")) {
      content.add(use(call));
    }
    boolean refused = !said.path("refusal").stringValue("").isEmpty();
    String finish = choice.path("finish_reason").stringValue("");
    out.put("stop_reason", refused ? "refusal" : stop(finish, said.path("tool_calls").size() > 0));
    out.putNull("stop_sequence");
    out.set("usage", usage(completion.path("usage")));
    return out;
  }

  /// A message before anything was said in it.
  static ObjectNode empty(JsonNode completion) {
    ObjectNode out = JSON.createObjectNode().put("id", completion.path("id").stringValue(""));
    out.put("type", "message").put("role", "assistant");
    return out.put("model", completion.path("model").stringValue(""));
  }

  private static void text(JsonNode said, ArrayNode content) {
    if (said.isArray()) {
      for (JsonNode part : said) {
        text(part.path("text"), content);
      }
    } else if (!said.stringValue("").isEmpty()) {
      content.addObject().put("type", "text").set("text", said);
    }
  }

  private static ObjectNode use(JsonNode call) {
    JsonNode function = call.path("function");
    String name = function.path("name").stringValue("");
    ObjectNode use = JSON.createObjectNode().put("type", "tool_use");
    use.put("id", call.path("id").stringValue("")).put("name", name);
    String arguments = function.path("arguments").stringValue("");
    try {
      JsonNode input = arguments.isBlank() ? JSON.createObjectNode() : JSON.readTree(arguments);
      if (input.isObject()) {
        use.set("input", input);
        return use;
      }
    } catch (JacksonException e) {
      throw new Fields.Unfit(
          "arguments",
          "The model called '"
              + name
              + "' with arguments that are no JSON: "
              + e.getOriginalMessage()
              + ".");
    }
    throw new Fields.Unfit(
        "arguments", "The model called '" + name + "' with arguments that are no JSON object.");
  }

  static String stop(String finish, boolean calls) {
    return switch (finish) {
      case "length" -> "max_tokens";
      case "tool_calls", "function_call" -> "tool_use";
      case "content_filter" -> "refusal";
      default -> calls ? "tool_use" : "end_turn";
    };
  }

  /// OpenAI counts the cache within its prompt tokens, Anthropic beside them. What is not said is
  /// null: unknown is not zero.
  static ObjectNode usage(JsonNode usage) {
    ObjectNode out = JSON.createObjectNode();
    if (!usage.path("prompt_tokens").isNumber() || !usage.path("completion_tokens").isNumber()) {
      return out.putNull("input_tokens").putNull("output_tokens");
    }
    JsonNode details = usage.path("prompt_tokens_details");
    long read = details.path("cached_tokens").longValue(0);
    long written = details.path("cache_write_tokens").longValue(0);
    long prompt = usage.path("prompt_tokens").longValue();
    out.put("input_tokens", Math.max(0, prompt - read - written));
    ChatAnswers.copy(details, "cache_write_tokens", out, "cache_creation_input_tokens");
    ChatAnswers.copy(details, "cached_tokens", out, "cache_read_input_tokens");
    out.put("output_tokens", usage.path("completion_tokens").longValue());
    JsonNode reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
    if (reasoning.isNumber()) {
      out.putObject("output_tokens_details").set("thinking_tokens", reasoning);
    }
    return out;
  }

  private static ObjectNode error(int status, JsonNode body) {
    String reason = reason(body.isArray() ? body.path(0) : body);
    return error(
        type(status),
        reason.isEmpty() ? "The provider answered " + status + " without a reason." : reason);
  }

  /// OpenAI-compatible servers put it in several places.
  static String reason(JsonNode body) {
    for (JsonNode place :
        new JsonNode[] {
          body.path("error").path("message"),
          body.path("error"),
          body.path("message"),
          body.path("detail")
        }) {
      if (place.isString()) {
        return place.stringValue();
      }
    }
    return "";
  }

  /// The word that Anthropic has for a status.
  static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 408, 504 -> "timeout_error";
      case 503, 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  /// The word that Anthropic has for an error in OpenAI's stream, which has no status.
  static String type(JsonNode error) {
    if (error.path("code").isNumber()) {
      return type(error.path("code").intValue(500));
    }
    return switch (error.path("type").stringValue("")) {
      case "invalid_request_error" -> "invalid_request_error";
      case "rate_limit_error", "insufficient_quota", "requests", "tokens" -> "rate_limit_error";
      default -> "api_error";
    };
  }

  static ObjectNode error(String type, String message) {
    ObjectNode out = JSON.createObjectNode().put("type", "error");
    out.putObject("error").put("type", type).put("message", message);
    return out;
  }
}
