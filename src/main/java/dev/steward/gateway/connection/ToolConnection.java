// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.connection;

import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.Optional;

/// A way to one tool server, in the era of the client that it is opened for. A legacy one is a
/// session: its first request is `initialize`. Several threads may use it at once; what each waits
/// for goes through the `waiting` of its call.
public interface ToolConnection extends AutoCloseable {
  /// Sends a request.
  ///
  /// @param headers beside those that the protocol asks for, such as `Mcp-Param-*`
  /// @throws ToolServerException when there is no answer
  Answers ask(RpcMessage request, List<Header> headers, Cuttable call) throws ToolServerException;

  /// Sends a notification, or the response to a request of the server.
  ///
  /// @throws ToolServerException when it was not taken
  void tell(RpcMessage message, Cuttable call) throws ToolServerException;

  /// What a legacy server says of its own accord; empty where it offers no such stream.
  Optional<Answers> listen(Cuttable call) throws ToolServerException;

  /// Whether the server has forgotten the session, so that the client must begin anew.
  boolean lost();

  /// Ends the session at the server, if there is one. What it says to that does not matter.
  @Override
  void close();
}
