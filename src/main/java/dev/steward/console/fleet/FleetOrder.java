// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.SortHead;
import dev.steward.console.fleet.FleetReader.Both;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of the fleet: by team and name, or by one column over all teams.
final class FleetOrder {
  /// By team, then by name.
  static final String USUAL = "team";

  private final SortHead.Table table;

  FleetOrder(PageUrl url) {
    table = SortHead.Table.of(url, USUAL);
  }

  boolean byTeam() {
    return comparator() == null;
  }

  /// In the order that is asked for; by name where two are equal.
  List<Both> sorted(List<Both> all) {
    Comparator<Both> by = comparator();
    Comparator<Both> names = Comparator.comparing(both -> both.activity().agent());
    if (by == null) {
      return all.stream().sorted(names).toList();
    }
    return all.stream()
        .sorted((table.descending() ? by.reversed() : by).thenComparing(names))
        .toList();
  }

  private @Nullable Comparator<Both> comparator() {
    return switch (table.by()) {
      case "runs" -> Comparator.comparing(both -> both.activity().runs());
      case "success" -> Comparator.comparing(both -> success(both.activity()));
      case "errors" -> Comparator.comparing(both -> both.activity().errors());
      case "p95" -> Comparator.comparing(both -> p95(both.activity()));
      case "cost" -> Comparator.comparing(both -> both.activity().cost().amount());
      case "seen" -> Comparator.comparing(both -> both.activity().lastSeen());
      default -> null;
    };
  }

  /// Where nothing is known, below everything that is.
  private static double success(AgentActivity activity) {
    return activity.withOutcome() == 0
        ? -1
        : (double) activity.successes() / activity.withOutcome();
  }

  private static Duration p95(AgentActivity activity) {
    Duration p95 = activity.p95();
    return p95 == null ? Duration.ofNanos(-1) : p95;
  }

  /// The heads of the columns.
  FleetPage.Heads heads() {
    return new FleetPage.Heads(
        new SortHead(
            "Agent",
            table.head("Agent", USUAL).href(),
            byTeam() ? "ascending" : null,
            byTeam() ? "up" : ""),
        table.head("Runs", "runs"),
        table.head("Success", "success"),
        table.head("Errors", "errors"),
        table.head("p95", "p95"),
        table.head("USD", "cost"),
        table.head("Last seen", "seen"));
  }

  /// What the rows are ordered by, in words.
  String words() {
    String by =
        switch (table.by()) {
          case "runs" -> "runs";
          case "success" -> "success";
          case "errors" -> "errors";
          case "p95" -> "duration";
          case "cost" -> "cost";
          default -> "when they were last seen";
        };
    return "All teams by " + by + (table.descending() ? ", the most first" : ", the least first");
  }
}
