// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.tool.LiveTools;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.Keys;
import dev.steward.gateway.upstream.ProviderGate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// All tool servers that can be reached: opens connections to them, and keeps before each the limit
/// of its calls and its circuit breaker, so that a slow one holds up nobody but its own callers.
public final class ToolServers implements LiveTools {
  private final HttpUpstream http;
  private final Keys keys;
  private final ConcurrentHashMap<String, ProviderGate> gates = new ConcurrentHashMap<>();

  public ToolServers(HttpUpstream http, Keys keys) {
    this.http = http;
    this.keys = keys;
  }

  /// Opens a connection for a client of that era; nothing is sent yet.
  ///
  /// @throws ToolServerException when the server is none that can be reached
  public ToolConnection open(ToolServer server, Era era) throws ToolServerException {
    if (server.type() != ToolServer.Type.MCP || server.url().isEmpty()) {
      throw new ToolServerException(
          new Reason.NotSent(
              "The tool server "
                  + server.name()
                  + " cannot be reached by the gateway: only those of kind mcp with a url can."));
    }
    HttpLink link = new HttpLink(server, http, keys, gate(server));
    return switch (era) {
      case MODERN -> new ModernHttp(link);
      case LEGACY -> new LegacyHttp(link);
    };
  }

  @Override
  public List<ObjectNode> fetch(ToolServer server) throws ToolServerException {
    return new ToolFetch(this, server).all();
  }

  private ProviderGate gate(ToolServer server) {
    int limit = server.reach().concurrency();
    return gates.compute(
        server.name(),
        (name, old) ->
            old != null && old.limit() == limit
                ? old
                : new ProviderGate(name, limit, ProviderGate.OPEN));
  }
}
