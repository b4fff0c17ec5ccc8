// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.control.access.NewSecret;
import dev.steward.control.access.PresentedKey;
import dev.steward.domain.ApiException;
import dev.steward.gateway.agent.AgentAsked;
import dev.steward.gateway.agent.AgentGateway;
import dev.steward.gateway.agent.PlainForm;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.gate.SessionGate;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Handler;
import dev.steward.server.http.HttpAnswer;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `/agents/{agent}/...`: a call of the agent where the request shows an agent key, else the
/// console's page of that address.
public final class AgentRoutes {
  private static final String BELOW = "/agents/{agent}/{rest...}";
  private static final String ITSELF = "/agents/{agent}";

  private final AgentGateway gateway;
  private final Handler page;
  private final Function<Exchange, Optional<Caller>> reader;
  private final long limit;

  /// @param page answers for the console
  /// @param reader who reads a page
  /// @param limit bytes of a request as it comes
  public AgentRoutes(
      AgentGateway gateway, Handler page, Function<Exchange, Optional<Caller>> reader, long limit) {
    this.gateway = gateway;
    this.page = page;
    this.reader = reader;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String path : List.of(ITSELF, BELOW)) {
      for (String method : List.of("GET", "POST")) {
        routes.add(Route.plain(method, path, Need.NOTHING, this::either));
      }
      for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS")) {
        routes.add(Route.plain(method, path, Need.NOTHING, this::call));
      }
    }
    return List.copyOf(routes);
  }

  private Reply either(Exchange exchange) {
    if (isCall(exchange)) {
      return call(exchange);
    }
    reader.apply(exchange).ifPresent(exchange::identify);
    return page.handle(exchange);
  }

  /// Who shows nothing and does not ask for a page is a program that has forgotten its key.
  private static boolean isCall(Exchange exchange) {
    try {
      Optional<String> key = PresentedKey.in(name -> exchange.header(name).orElse(null));
      return key.isPresent()
          ? key.get().startsWith(NewSecret.AGENT_KEY_PREFIX)
          : !exchange.cookies().containsKey(SessionGate.COOKIE)
              && !exchange.header("Accept").orElse("").contains("text/html");
    } catch (ApiException _) {
      return true;
    }
  }

  private Reply call(Exchange exchange) {
    Request head = Prefix.head(exchange, "agents", "agent");
    AgentAsked asked =
        new AgentAsked(
            head,
            exchange.pathParameter("agent"),
            head.method(),
            Bodies.of(exchange, limit),
            "",
            false,
            false,
            new PlainForm(head));
    return new Reply.Written(response -> gateway.answer(asked, new HttpAnswer(response)));
  }
}
