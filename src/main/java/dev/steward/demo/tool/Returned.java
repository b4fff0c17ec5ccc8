// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.tool;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What became of a tool call.
public sealed interface Returned {
  /// In the words that the model reads.
  JsonNode result();

  /// The tool was called.
  record Called(JsonNode result) implements Returned {}

  /// A person must agree first; the same call made again asks for the answer.
  record Waiting(JsonNode result) implements Returned {}

  /// The call was not made, or the tool failed.
  record Refused(JsonNode result) implements Returned {}

  /// @param result of `tools/call`
  static Returned of(JsonNode result) {
    String text = result.path("content").path(0).path("text").asString("");
    if (!result.path("isError").asBoolean(false)) {
      return new Called(json(text));
    }
    JsonNode told = JsonMapper.shared().createObjectNode().put("error", text);
    return text.startsWith("Not called yet") ? new Waiting(told) : new Refused(told);
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException _) {
      return JsonMapper.shared().createObjectNode().put("text", text);
    }
  }
}
