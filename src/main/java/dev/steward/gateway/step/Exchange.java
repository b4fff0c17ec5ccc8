// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Header;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What passes between a call and its server: the request with the client's answers, what the
/// server says meanwhile, and the result with what it requires.
public record Exchange(InputStep inputs) {

  /// @param origin of the request as its client sent it
  /// @param request to be sent, a copy of our own
  /// @return the result
  ObjectNode with(
      Client client,
      ToolServer server,
      ToolOrigin origin,
      RpcMessage request,
      List<Header> headers,
      Connector connector,
      Reply reply,
      ToolSend.Sending sending)
      throws ToolServerException {
    InputStep.Given given = inputs.given(client, origin, sending, server, request);
    reply.work(sending.cuttable());
    try (Answers answers = connector.to(server).ask(request, headers, sending.cuttable())) {
      answers.pausing(reply::pause);
      if (answers.streaming()) {
        reply.open();
      }
      ToolOrigin within = origin.within(sending);
      ObjectNode result =
          Responses.result(answers, message -> connector.heard(server, message, within));
      given.arrived();
      inputs.required(client, origin, sending, server, request, result);
      return result;
    }
  }
}
