// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Way;
import dev.steward.insight.sight.AgentSight;
import dev.steward.insight.sight.RecentAgents;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is wrong at the moment.
public final class FindingsApi {
  private final Findings findings;
  private final Supplier<State> state;
  private final RecentAgents recent;

  public FindingsApi(Findings findings, Supplier<State> state, RecentAgents recent) {
    this.findings = findings;
    this.state = state;
    this.recent = recent;
  }

  /// The worst first, and of those the oldest.
  ///
  /// @param at when it was looked
  public record FindingList(Instant at, List<FindingItem> items) {}

  /// One thing that is not as it should be.
  ///
  /// @param severity critical, warning or note
  /// @param agent whom it is about, null when it is the server
  /// @param why the numbers, and the rule by which they are a finding
  /// @param since null when that is not known
  public record FindingItem(
      String id,
      String severity,
      @Nullable String agent,
      String title,
      String why,
      @Nullable Instant since,
      List<WayItem> evidence,
      List<WayItem> remedies) {
    private static FindingItem of(Finding finding) {
      return new FindingItem(
          finding.id(),
          finding.severity().word(),
          finding.subject().server() ? null : finding.subject().agent(),
          finding.title(),
          finding.why(),
          finding.since(),
          finding.evidence().stream().map(WayItem::of).toList(),
          finding.remedies().stream().map(WayItem::of).toList());
    }
  }

  /// Where to look, or what to run.
  ///
  /// @param page first segment of a page of the console, null for a line to run
  /// @param filters parameters of that page
  public record WayItem(
      String words, @Nullable String page, Map<String, String> filters, @Nullable String line) {
    private static WayItem of(Way way) {
      return new WayItem(
          way.words(),
          way.page().isEmpty() ? null : way.page(),
          way.filters(),
          way.line().isEmpty() ? null : way.line());
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/findings", Need.READ)
            .about("Findings", "What is wrong at the moment, since when, and what can be done.")
            .query("severity", "string", "Only critical, warning or note.")
            .query("agent", "string", "Only about this agent.")
            .gives(FindingList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Optional<Severity> severity = asked.oneOf("severity", Severity.class);
    Optional<String> agent = asked.text("agent");
    AgentSight sight = AgentSight.of(exchange.caller()::may, state.get());
    Findings.Seen seen = findings.look(recent.traces(sight));
    List<FindingItem> items =
        seen.concerning(sight).stream()
            .filter(f -> severity.map(s -> f.severity() == s).orElse(true))
            .filter(f -> agent.map(a -> f.subject().agent().equals(a)).orElse(true))
            .map(FindingItem::of)
            .toList();
    return Reply.json(new FindingList(seen.lately().now(), items));
  }
}
