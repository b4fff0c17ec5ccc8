// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.control.Control;
import dev.steward.control.alert.Silence;
import dev.steward.control.command.Command;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Durations;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.insight.alert.AlertSight;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ReasonRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Of which alerts nobody is told for a while.
public final class SilencesApi {
  private final Control control;
  private final Supplier<String> ids;
  private final InstantSource clock;

  public SilencesApi(Control control, Supplier<String> ids, InstantSource clock) {
    this.control = control;
    this.ids = ids;
    this.clock = clock;
  }

  /// A silence that is wanted; what is left out narrows nothing, and something must be named.
  ///
  /// @param rule name of an AlertRule
  /// @param until when it ends
  /// @param lasting in place of that, how long it holds: `90s`, `30m`, `12h` or `7d`
  public record SilenceRequest(
      @Nullable String rule,
      @Nullable String agent,
      @Nullable String environment,
      @Nullable Instant until,
      @Nullable String lasting,
      String reason) {
    private Instant end(Instant now) {
      String length = ReasonRequest.given(lasting);
      Instant end = until;
      if ((end == null) == length.isEmpty()) {
        throw invalid("a silence has an end: say 'until' or 'lasting', one of them");
      }
      return end != null
          ? end
          : now.plus(
              Durations.of(length)
                  .orElseThrow(
                      () -> invalid("'lasting' is '" + length + "': write 90s, 30m, 12h or 7d")));
    }

    private static ApiException invalid(String message) {
      return new ApiException(ErrorCode.INVALID, message);
    }
  }

  /// Those that end last first; also those of the last days that are over.
  public record SilenceList(List<SilenceItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/silences", Need.READ)
            .about(AlertsApi.GROUP, "Silences, those that end last first.")
            .gives(SilenceList.class)
            .by(this::list),
        Route.post("/api/v1/silences", Need.READ)
            .about(
                AlertsApi.GROUP,
                "Lets nobody be told of some alerts for a while. They are shown as silenced, and"
                    + " told when it is over where they still fire.")
            .takes(SilenceRequest.class)
            .gives(SilenceItem.class)
            .status(201)
            .by(this::silence),
        Route.delete("/api/v1/silences/{id}", Need.READ)
            .about(AlertsApi.GROUP, "Ends a silence before its time.")
            .query("reason", "string", "Why, for the ledger.")
            .status(204)
            .by(this::lift));
  }

  private Reply list(Exchange exchange) {
    AlertSight sight = AlertsApi.sight(exchange, control.state());
    return Reply.json(
        new SilenceList(sight.silences().stream().map(each -> item(each, sight)).toList()));
  }

  private Reply silence(Exchange exchange) {
    SilenceRequest wanted = exchange.json(SilenceRequest.class);
    String id = ids.get();
    control.submit(
        new Command.SilenceAlerts(
            id,
            ReasonRequest.given(wanted.rule()),
            ReasonRequest.given(wanted.agent()),
            ReasonRequest.given(wanted.environment()),
            wanted.end(clock.instant()),
            ReasonRequest.given(wanted.reason())),
        exchange.caller().actor());
    State state = control.state();
    return Reply.json(
        201, item(state.alerts().silence(id).orElseThrow(), AlertsApi.sight(exchange, state)));
  }

  private Reply lift(Exchange exchange) {
    String id = exchange.pathParameter("id");
    if (AlertsApi.sight(exchange, control.state()).silence(id).isEmpty()) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, "There is no silence " + id + ", or it is not yours to see.");
    }
    control.submit(
        new Command.LiftSilence(id, exchange.query("reason").orElse("")),
        exchange.caller().actor());
    return Reply.nothing();
  }

  private SilenceItem item(Silence silence, AlertSight sight) {
    State state = sight.state();
    long hides =
        state.alerts().open().stream()
            .filter(alert -> silence.covers(alert) && sight.sees(alert))
            .count();
    return SilenceItem.of(silence, state, clock.instant(), hides);
  }
}
