// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.drill.Drill;
import dev.steward.server.access.Need;
import dev.steward.server.drill.DrillHall;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Drills of the kill switch and of the circuit breaker.
public final class DrillsApi {
  private static final String GROUP = "Kill switch";

  private final Control control;
  private final DrillHall hall;

  public DrillsApi(Control control, DrillHall hall) {
    this.control = control;
    this.hall = hall;
  }

  /// A drill that is wanted.
  ///
  /// @param streams how many are opened, 100 where nothing is said
  public record DrillRequest(@Nullable Integer streams) {}

  /// How one part of a drill ended.
  ///
  /// @param of kill-switch or circuit-breaker
  /// @param figures what was measured, by a name that ends in its unit
  /// @param note why it failed, null when it passed
  public record DrillItem(
      String id,
      String of,
      boolean passed,
      Map<String, Long> figures,
      @Nullable String note,
      Instant at,
      ActorItem by) {}

  /// The newest first.
  public record DrillList(List<DrillItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/kills/drills", Need.READ)
            .about(GROUP, "Drills that were held with their figures, the newest first.")
            .gives(DrillList.class)
            .by(exchange -> Reply.json(list(control.state().drills().all()))),
        Route.post("/api/v1/kills/drill", Need.of(Permission.STOP))
            .about(
                GROUP,
                "Drills the kill switch and the circuit breaker on a synthetic agent, and writes to"
                    + " the ledger what was measured. It takes some seconds.")
            .takes(DrillRequest.class)
            .gives(DrillList.class)
            .status(201)
            .by(this::hold));
  }

  private Reply hold(Exchange exchange) {
    exchange.caller().require(Permission.STOP, Target.SERVER);
    Integer streams = exchange.json(DrillRequest.class).streams();
    List<Drill> held =
        hall.hold(streams == null ? DrillHall.STREAMS_USUAL : streams, exchange.caller().actor());
    return Reply.json(201, list(held));
  }

  private static DrillList list(List<Drill> drills) {
    return new DrillList(drills.stream().map(DrillsApi::item).toList());
  }

  private static DrillItem item(Drill drill) {
    return new DrillItem(
        drill.id(),
        drill.of(),
        drill.passed(),
        drill.figures(),
        drill.note().isEmpty() ? null : drill.note(),
        drill.at(),
        ActorItem.of(drill.by()));
  }
}
