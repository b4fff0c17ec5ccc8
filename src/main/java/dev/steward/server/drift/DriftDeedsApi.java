// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.command.Command;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ReasonRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people do about baselines and drift.
public final class DriftDeedsApi {
  private static final String GROUP = "Drift";

  private final Control control;

  public DriftDeedsApi(Control control) {
    this.control = control;
  }

  /// A baseline that is to be let go.
  ///
  /// @param environment where it is in force; "" for runs that name none
  public record RelearnRequest(@Nullable String environment, String reason) {
    public RelearnRequest {
      reason = ReasonRequest.given(reason);
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/agents/{name}/baseline", Need.of(Permission.OPERATE))
            .about(
                GROUP,
                "Lets an agent's baseline in an environment go, with its alarms. Another is learnt"
                    + " from the runs that become known from now on.")
            .takes(RelearnRequest.class)
            .status(204)
            .by(this::relearn),
        Route.post("/api/v1/drift/{id}/close", Need.READ)
            .about(
                GROUP,
                "Closes an alarm that somebody has seen to. The same is not raised again until the"
                    + " baseline is let go.")
            .takes(ReasonRequest.class)
            .status(204)
            .by(this::close));
  }

  private Reply relearn(Exchange exchange) {
    RelearnRequest wanted = exchange.json(RelearnRequest.class);
    String environment = wanted.environment();
    if (environment == null) {
      throw new ApiException(
          ErrorCode.INVALID, "'environment' is missing: say where the baseline is in force.");
    }
    control.submit(
        new Command.RelearnBaseline(exchange.pathParameter("name"), environment, wanted.reason()),
        exchange.caller().actor());
    return Reply.nothing();
  }

  private Reply close(Exchange exchange) {
    // Who may not see it is not told that there is one.
    DriftAlarm alarm = seen(exchange);
    String reason = exchange.json(ReasonRequest.class).reason();
    control.submit(new Command.CloseDrift(alarm.id(), reason), exchange.caller().actor());
    return Reply.nothing();
  }

  private DriftAlarm seen(Exchange exchange) {
    String id = exchange.pathParameter("id");
    State state = control.state();
    return state
        .baselines()
        .alarm(id)
        .filter(alarm -> sees(exchange.caller(), alarm, state))
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no alarm of drift " + id + ", or it is not yours to see."));
  }

  private static boolean sees(Caller caller, DriftAlarm alarm, State state) {
    String team = state.team(alarm.agent());
    return caller.may(Permission.READ, Target.agent(alarm.agent(), team, alarm.environment()));
  }
}
