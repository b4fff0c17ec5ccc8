// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.connection;

import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads answers up to the response.
public final class Responses {
  private Responses() {}

  /// The response; what comes before it is handed on.
  ///
  /// @throws ToolServerException where none comes
  public static RpcMessage response(Answers answers, Consumer<RpcMessage> before)
      throws ToolServerException {
    for (RpcMessage next = answers.next(); next != null; next = answers.next()) {
      if (next.kind() == RpcMessage.Kind.RESPONSE) {
        return next;
      }
      before.accept(next);
    }
    throw new ToolServerException(
        new Reason.Unknown("The tool server ended its answer without a result.", false));
  }

  /// The result of the response.
  ///
  /// @throws ToolServerException where none comes, REFUSED for an error
  public static ObjectNode result(Answers answers, Consumer<RpcMessage> before)
      throws ToolServerException {
    RpcMessage response = response(answers, before);
    JsonNode error = response.json().path("error");
    if (error instanceof ObjectNode refused) {
      throw new ToolServerException(
          new Reason.Refused(
              refused,
              "The tool server answered with an error: " + refused.path("message").asString("")));
    }
    if (response.json().path("result") instanceof ObjectNode result) {
      return result;
    }
    throw new ToolServerException(
        new Reason.Unknown("The tool server's result is no JSON object.", false));
  }
}
