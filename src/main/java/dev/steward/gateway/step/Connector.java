// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;

/// How one request of a client reaches servers, and what becomes of that which they say before they
/// answer.
public interface Connector {
  ToolConnection to(ToolServer server) throws ToolServerException;

  /// @param within what it belongs to
  void heard(ToolServer from, RpcMessage message, ToolOrigin within);
}
