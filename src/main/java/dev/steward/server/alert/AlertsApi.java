// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.control.Control;
import dev.steward.control.alert.Alert;
import dev.steward.control.command.Command;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.insight.alert.AlertSight;
import dev.steward.insight.alert.Standing;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ReasonRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What fires, who was told, and who has taken it on.
public final class AlertsApi {
  static final String GROUP = "Alerts";

  private static final int DELIVERIES_MAX = 500;

  private final Control control;
  private final Courier courier;
  private final InstantSource clock;

  public AlertsApi(Control control, Courier courier, InstantSource clock) {
    this.control = control;
    this.courier = courier;
    this.clock = clock;
  }

  /// Those that need somebody first, and of those the worst and newest.
  public record AlertList(List<AlertItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/alerts", Need.READ)
            .about(GROUP, "Alerts, firing ones first.")
            .query("status", "string", "Only firing, silenced, acknowledged or resolved.")
            .query("severity", "string", "Only critical, warning or note.")
            .query("agent", "string", "Only those about this agent.")
            .query("rule", "string", "Only those of this AlertRule.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .gives(AlertList.class)
            .by(this::list),
        Route.get("/api/v1/alerts/{id}", Need.READ)
            .about(GROUP, "One alert, and whether its notices arrived.")
            .gives(AlertItem.class)
            .by(exchange -> Reply.json(item(seen(exchange).id()))),
        Route.post("/api/v1/alerts/{id}/acknowledge", Need.READ)
            .about(
                GROUP,
                "Takes an alert on: it is neither repeated nor escalated, unless it gets worse.")
            .takes(ReasonRequest.class)
            .gives(AlertItem.class)
            .by(this::acknowledge));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Optional<Standing> status = asked.oneOf("status", Standing.class);
    Optional<Level> severity = asked.oneOf("severity", Level.class);
    Optional<String> agent = asked.text("agent");
    Optional<String> rule = asked.text("rule");
    Instant now = clock.instant();
    State state = control.state();
    return Reply.json(
        new AlertList(
            sight(exchange, state).alerts(now).stream()
                .filter(each ->
                    status.isEmpty() || status.get() == Standing.of(each, state.alerts(), now))
                .filter(each -> severity.isEmpty() || severity.get() == each.level())
                .filter(each -> agent.isEmpty() || each.about(agent.get()))
                .filter(each -> rule.isEmpty() || each.rule().equals(rule.get()))
                .limit(asked.limit())
                .map(each -> AlertItem.of(each, state, now, null))
                .toList()));
  }

  private Reply acknowledge(Exchange exchange) {
    String id = seen(exchange).id();
    String reason = exchange.json(ReasonRequest.class).reason();
    control.submit(new Command.AcknowledgeAlert(id, reason), exchange.caller().actor());
    return Reply.json(item(id));
  }

  /// The alert, as if it were not there when it may not be seen.
  private Alert seen(Exchange exchange) {
    String id = exchange.pathParameter("id");
    return sight(exchange, control.state())
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no alert " + id + ", or it is not yours to see."));
  }

  private AlertItem item(String id) {
    State state = control.state();
    List<Delivery> deliveries = courier.about(id, DELIVERIES_MAX);
    Alert alert = state.alerts().find(id).orElseThrow();
    return AlertItem.of(alert, state, clock.instant(), deliveries);
  }

  static AlertSight sight(Exchange exchange, State state) {
    return new AlertSight(exchange.caller()::may, state);
  }
}
