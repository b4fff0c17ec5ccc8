// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.connection;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.rpc.RpcMessage;

/// Which requests may be sent twice.
public final class Repeating {
  private Repeating() {}

  /// How often a request is tried: one that may do harm the second time, once.
  public static int attempts(ToolServer server, RpcMessage request) {
    return harmless(server, request) ? server.reach().attempts() : 1;
  }

  private static boolean harmless(ToolServer server, RpcMessage request) {
    if (!request.method().equals("tools/call")) {
      return !request.method().startsWith("tasks/");
    }
    return server
        .tool(request.param("name"))
        .filter(tool ->
            tool.effect().equals("read")
                || tool.definition().annotationsJson().contains("\"idempotentHint\":true"))
        .isPresent();
  }
}
