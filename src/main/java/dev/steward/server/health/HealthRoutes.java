// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import dev.steward.server.access.Need;
import dev.steward.server.history.History;
import dev.steward.server.history.HistoryStatus;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;

/// Liveness and readiness.
public final class HealthRoutes {
  private final History history;

  public HealthRoutes(History history) {
    this.history = history;
  }

  /// The server answers.
  public record Health(String status) {}

  /// What can be used.
  ///
  /// @param history attached, opening, waiting or failed: what was loaded can be asked only when it
  ///   is attached
  /// @param reason why history is waiting or failed, "" when it is not
  public record Readiness(
      boolean ready, String gateway, String journal, String history, String reason) {}

  public List<Route> routes() {
    return List.of(
        Route.plain("GET", "/healthz", Need.NOTHING, this::health),
        Route.plain("GET", "/readyz", Need.NOTHING, this::readiness));
  }

  private Reply health(Exchange exchange) {
    return Reply.json(new Health("ok"));
  }

  /// Telemetry and calls are served before history is there, so that alone is no reason to send
  /// them elsewhere; history that cannot come back is.
  private Reply readiness(Exchange exchange) {
    return switch (history.status()) {
      case HistoryStatus.Attached _ -> ready("attached", "");
      case HistoryStatus.Opening _ -> ready("opening", "");
      case HistoryStatus.Waiting waiting -> ready("waiting", waiting.reason());
      case HistoryStatus.Failed failed ->
          Reply.json(503, new Readiness(false, "ready", "ready", "failed", failed.reason()));
    };
  }

  private static Reply ready(String history, String reason) {
    return Reply.json(new Readiness(true, "ready", "ready", history, reason));
  }
}
