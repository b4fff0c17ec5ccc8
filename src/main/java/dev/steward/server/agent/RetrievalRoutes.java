// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.gateway.retrieval.RetrievalAsked;
import dev.steward.gateway.retrieval.RetrievalGateway;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpAnswer;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/// `/data/{source}/...`: a call of a data source with an agent's key.
public final class RetrievalRoutes {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final RetrievalGateway gateway;
  private final long limit;

  /// @param limit bytes of a request as it comes
  public RetrievalRoutes(RetrievalGateway gateway, long limit) {
    this.gateway = gateway;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String path : List.of("/data/{source}", "/data/{source}/{rest...}")) {
      for (String method : METHODS) {
        routes.add(Route.plain(method, path, Need.NOTHING, this::call));
      }
    }
    return List.copyOf(routes);
  }

  private Reply call(Exchange exchange) {
    RetrievalAsked asked =
        new RetrievalAsked(
            Prefix.head(exchange, "data", "source"),
            exchange.pathParameter("source"),
            Bodies.of(exchange, limit));
    return new Reply.Written(response -> gateway.answer(asked, new HttpAnswer(response)));
  }
}
