// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.domain.ApiException;
import dev.steward.gateway.entry.ResourceMetadata;
import dev.steward.gateway.mcp.McpGateway;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpAnswer;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/// The paths of the MCP gateway, and what it says of itself to clients that have no key.
public final class McpRoutes {
  private static final String ALL = "/mcp";
  private static final String ONE = "/mcp/{server}";
  private static final String METADATA = "/.well-known/oauth-protected-resource";

  private final McpGateway gateway;
  private final ResourceMetadata metadata;
  private final long limit;

  /// @param limit bytes of a request, after decompression
  public McpRoutes(McpGateway gateway, ResourceMetadata metadata, long limit) {
    this.gateway = gateway;
    this.metadata = metadata;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String method : List.of("POST", "GET", "DELETE")) {
      routes.add(Route.plain(method, ALL, Need.NOTHING, exchange -> call(exchange, "")));
      routes.add(
          Route.plain(
              method,
              ONE,
              Need.NOTHING,
              exchange -> call(exchange, exchange.pathParameter("server"))));
    }
    routes.add(Route.plain("GET", METADATA, Need.NOTHING, exchange -> tell(exchange, ALL)));
    routes.add(Route.plain("GET", METADATA + ALL, Need.NOTHING, exchange -> tell(exchange, ALL)));
    routes.add(
        Route.plain(
            "GET",
            METADATA + ONE,
            Need.NOTHING,
            exchange -> tell(exchange, ALL + "/" + exchange.pathParameter("server"))));
    return List.copyOf(routes);
  }

  private Reply tell(Exchange exchange, String path) {
    Request head = exchange.rawRequest(new byte[0]);
    return Reply.bytes("application/json", RpcJson.bytes(metadata.document(head, path)))
        .with("Access-Control-Allow-Origin", "*");
  }

  private Reply call(Exchange exchange, String server) {
    Request head = exchange.rawRequest(new byte[0]);
    try {
      Request request = exchange.rawRequest(exchange.body(limit));
      return new Reply.Written(
          response -> gateway.answer(request, server, new HttpAnswer(response)));
    } catch (ApiException e) {
      int status = e.code().httpStatus();
      String message = String.valueOf(e.getMessage());
      return new Reply.Written(
          response -> gateway.refuse(head, server, status, message, new HttpAnswer(response)));
    }
  }
}
