// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import dev.steward.server.access.Need;
import dev.steward.server.history.History;
import dev.steward.server.history.HistoryStatus;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Liveness and readiness.
public final class HealthRoutes {
  private static final String READY = "ready";
  private static final String FAILING = "failing";

  private final History history;
  private final Trouble journal;
  private final Trouble ledger;

  /// @param journal what keeps telemetry from being acknowledged
  /// @param ledger what keeps changes from being acknowledged
  public HealthRoutes(History history, Trouble journal, Trouble ledger) {
    this.history = history;
    this.journal = journal;
    this.ledger = ledger;
  }

  /// What keeps a part from its work.
  @FunctionalInterface
  public interface Trouble {
    /// In words, empty when all is well.
    Optional<String> now();
  }

  /// The server answers.
  public record Health(String status) {}

  /// What can be used.
  ///
  /// @param journal ready, or failing: then telemetry is not acknowledged
  /// @param ledger ready, or failing: then no change is acknowledged
  /// @param history attached, opening, waiting or failed: what was loaded can be asked only when it
  ///   is attached
  /// @param reason why something is failing or history is waiting or failed, "" when nothing is
  public record Readiness(
      boolean ready,
      String gateway,
      String journal,
      String ledger,
      String history,
      String reason) {}

  public List<Route> routes() {
    return List.of(
        Route.plain("GET", "/healthz", Need.NOTHING, this::health),
        Route.plain("GET", "/readyz", Need.NOTHING, this::readiness));
  }

  private Reply health(Exchange exchange) {
    return Reply.json(new Health("ok"));
  }

  /// Telemetry and calls are served before history is there, so that alone is no reason to send
  /// them elsewhere; history that cannot come back is, and so is a disk that refuses.
  private Reply readiness(Exchange exchange) {
    Optional<String> noJournal = journal.now();
    Optional<String> noLedger = ledger.now();
    HistoryStatus past = history.status();
    boolean ready =
        noJournal.isEmpty() && noLedger.isEmpty() && !(past instanceof HistoryStatus.Failed);
    List<String> reasons = new ArrayList<>();
    noJournal.ifPresent(reasons::add);
    noLedger.ifPresent(reasons::add);
    String pastInAWord =
        switch (past) {
          case HistoryStatus.Attached _ -> "attached";
          case HistoryStatus.Opening _ -> "opening";
          case HistoryStatus.Waiting waiting -> {
            reasons.add(waiting.reason());
            yield "waiting";
          }
          case HistoryStatus.Failed failed -> {
            reasons.add(failed.reason());
            yield "failed";
          }
        };
    return Reply.json(
        ready ? 200 : 503,
        new Readiness(
            ready,
            READY,
            word(noJournal),
            word(noLedger),
            pastInAWord,
            String.join("; ", reasons)));
  }

  private static String word(Optional<String> trouble) {
    return trouble.isEmpty() ? READY : FAILING;
  }
}
