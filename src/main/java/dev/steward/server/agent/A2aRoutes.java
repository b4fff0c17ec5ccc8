// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.a2a.A2aGateway;
import dev.steward.gateway.endpoint.PathBelow;
import dev.steward.gateway.signing.JwsKey;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpAnswer;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/// `/a2a/{agent}`: agents by the Agent2Agent protocol, in both of its bindings, and the key that
/// signs their cards.
public final class A2aRoutes {
  private static final String ITSELF = "/a2a/{agent}";

  private final A2aGateway gateway;
  private final JwsKey key;
  private final long limit;

  /// @param limit bytes of a request, after decompression
  public A2aRoutes(A2aGateway gateway, JwsKey key, long limit) {
    this.gateway = gateway;
    this.key = key;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.plain("POST", ITSELF, Need.NOTHING, this::rpc));
    routes.add(
        Route.plain("GET", ITSELF + "/.well-known/agent-card.json", Need.NOTHING, this::card));
    for (String method : List.of("GET", "POST", "DELETE")) {
      routes.add(Route.plain(method, ITSELF + "/{rest...}", Need.NOTHING, this::rest));
    }
    routes.add(Route.plain("GET", JwsKey.PATH, Need.NOTHING, _ -> keys()));
    return List.copyOf(routes);
  }

  private Reply rpc(Exchange exchange) {
    Request head = Prefix.head(exchange, "a2a", "agent");
    byte[] body = exchange.body(limit);
    return new Reply.Written(
        response -> gateway.rpc(head, agent(exchange), body, new HttpAnswer(response)));
  }

  private Reply rest(Exchange exchange) {
    Request head = Prefix.head(exchange, "a2a", "agent");
    byte[] body = exchange.body(limit);
    String below = PathBelow.of(head.path());
    String rest = below.isEmpty() ? "" : below.substring(1);
    return rest.isEmpty() && exchange.method().equals("POST")
        ? rpc(exchange)
        : new Reply.Written(
            response -> gateway.rest(head, agent(exchange), rest, body, new HttpAnswer(response)));
  }

  private Reply card(Exchange exchange) {
    Request head = Prefix.head(exchange, "a2a", "agent");
    return new Reply.Written(
        response -> gateway.card(head, agent(exchange), new HttpAnswer(response)));
  }

  private Reply keys() {
    return Reply.bytes("application/json", CanonicalJson.bytes(key.set()))
        .with("Cache-Control", "public, max-age=300");
  }

  private static String agent(Exchange exchange) {
    return exchange.pathParameter("agent");
  }
}
