// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.control.access.Permission;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.state.State;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.HealthItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// How the endpoints of agents answer.
public final class EndpointsApi {
  private final Supplier<State> state;
  private final EndpointHealth health;

  public EndpointsApi(Supplier<State> state, EndpointHealth health) {
    this.state = state;
    this.health = health;
  }

  /// How one endpoint answers.
  ///
  /// @param environments in which a version with it is in force, none for one that only a canary or
  ///   an earlier version has
  public record EndpointItem(
      String agent, String url, List<String> environments, HealthItem health) {}

  /// By agent.
  ///
  /// @param windowSeconds how far back the figures go
  public record EndpointList(long windowSeconds, List<EndpointItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/endpoints", Need.READ)
            .about(
                "Live",
                "How the endpoint of each agent has answered in the last hour, and whether calls"
                    + " are let through to it: of agents that the caller may read.")
            .gives(EndpointList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    List<EndpointItem> items = new ArrayList<>();
    for (EndpointHealth.Health one : health.list()) {
      if (sees(exchange, sight, one)) {
        items.add(
            new EndpointItem(
                one.agent(), one.url(), one.environments(), HealthItem.of(one.figures())));
      }
    }
    return Reply.json(new EndpointList(UpstreamHealth.WINDOW.toSeconds(), items));
  }

  /// Whether the agent may be read wherever it answers there; where that is not known, everywhere.
  private static boolean sees(Exchange exchange, Sight sight, EndpointHealth.Health one) {
    Set<String> places = one.environments().isEmpty() ? Set.of("") : Set.copyOf(one.environments());
    return places.stream()
        .allMatch(
            place -> exchange.caller().may(Permission.READ, sight.target(one.agent(), place)));
  }
}
