// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.Results;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolEnding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The asking for a person's approval in the form of an input that is required: the client shows
/// the page, and asks again. What it had for the server in its request is kept in the state that it
/// brings back; nothing is decided by that state, since the same call finds its approval.
final class Waiting {
  private static final String QUESTION = "steward-approval";
  private static final String PREFIX = "steward.1.";
  private static final String STATE = "requestState";
  private static final String ANSWERS = "inputResponses";

  private Waiting() {}

  static ObjectNode wrap(ToolEnding.Pending pending, RpcMessage sent) {
    ObjectNode result = RpcJson.object();
    ObjectNode question = result.putObject("inputRequests").putObject(QUESTION);
    question.put("method", "elicitation/create");
    ObjectNode params = question.putObject("params");
    params.put("mode", "url");
    params.put("url", pending.url());
    params.put("message", pending.text());
    ObjectNode asked = unwrap(sent).params();
    ObjectNode state = RpcJson.object();
    if (asked.has(STATE)) {
      state.set(STATE, asked.path(STATE));
    }
    if (asked.has(ANSWERS)) {
      state.set(ANSWERS, asked.path(ANSWERS));
    }
    if (!state.isEmpty()) {
      byte[] bytes = RpcJson.bytes(state);
      result.put(STATE, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    result.put("resultType", "input_required");
    return Results.whole(Era.MODERN, result);
  }

  /// The request without what belongs to us, and with what its server had been given before.
  static RpcMessage unwrap(RpcMessage sent) {
    String state = sent.param(STATE);
    boolean ours = sent.params().path(ANSWERS).has(QUESTION) || state.startsWith(PREFIX);
    if (!ours) {
      return sent;
    }
    RpcMessage request = sent.copy();
    ObjectNode params = request.params();
    if (params.path(ANSWERS) instanceof ObjectNode answers) {
      answers.remove(QUESTION);
      if (answers.isEmpty()) {
        params.remove(ANSWERS);
      }
    }
    if (state.startsWith(PREFIX)) {
      params.remove(STATE);
      JsonNode kept = read(state.substring(PREFIX.length()));
      for (String name : new String[] {STATE, ANSWERS}) {
        if (kept.has(name)) {
          params.set(name, kept.path(name));
        }
      }
    }
    return request;
  }

  private static JsonNode read(String code) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(code.getBytes(StandardCharsets.US_ASCII));
      return RpcJson.read(bytes);
    } catch (IllegalArgumentException | JacksonException _) {
      // It is not the one that we gave; the server is asked without.
      return RpcJson.object();
    }
  }
}
