// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.live.HealthFacts;
import dev.steward.console.part.Fact;
import dev.steward.console.tool.ServerPage.Finding;
import dev.steward.console.tool.ServerPage.Open;
import dev.steward.console.tool.ServerPage.Row;
import dev.steward.console.view.ConsoleViews;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.state.State;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.Suspicion;
import dev.steward.control.tool.Suspicions;
import dev.steward.control.tool.ToolStanding;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the page of one tool server.
final class ServerPages {
  private final ConsoleViews views;
  private final Framer framer;
  private final Matrices matrices;

  ServerPages(ConsoleViews views, Framer framer, Matrices matrices) {
    this.views = views;
    this.framer = framer;
    this.matrices = matrices;
  }

  /// @param done what was just done, "" for nothing
  /// @param wrong why nothing was, "" when it was
  ServerPage page(Visit visit, SeenServer seen, String done, String wrong) {
    State state = views.control().state();
    ToolServer server = seen.server();
    Set<String> others = Suspicions.others(server, state.all(ToolServer.class));
    Moments moments = framer.moments(visit.request());
    Map<String, Instant> changed = seen.changedAt(state);
    List<Open> open = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (ToolStanding tool : seen.tools()) {
      List<Suspicion> suspicions =
          tool.live().map(live -> Suspicions.of(live, others)).orElse(List.of());
      if (OpenTools.open(tool)) {
        open.add(OpenTools.of(server, tool, suspicions, open.size()));
      }
      rows.add(row(tool, findings(suspicions), changed.get(tool.name()), moments, rows.size()));
    }
    return new ServerPage(
        framer.single(
            visit.request(), server.name(), "tools", List.of(new Crumb("Tools", "/tools")), ""),
        server.name(),
        "Agents see a tool only as it was accepted: what is new or changed is hidden.",
        ToolWords.health(seen),
        done,
        wrong,
        facts(seen, moments),
        open,
        rows,
        visit.reader().rights().may(Permission.DECLARE, Scopes.of(server)),
        matrices.of(
            new Matrices.Wish(
                state,
                visit.reader(),
                List.of(server),
                matrices.environment(visit),
                "",
                seen.hidden())));
  }

  private static List<Fact> facts(SeenServer seen, Moments moments) {
    ToolServer server = seen.server();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Kind", ToolWords.kind(server)));
    if (server.reachable()) {
      facts.add(Fact.mono(server.url().isEmpty() ? "Command" : "Address", ToolWords.where(server)));
    }
    facts.add(Fact.of("Owner", server.owner()));
    Offer offer = seen.offer();
    if (offer != null) {
      facts.add(
          Fact.of("Last asked", offer.seenAt().map(at -> moments.of(at).relative()).orElse("never"))
              .noted(offer.trouble()));
    }
    if (seen.health() != null) {
      facts.addAll(HealthFacts.of(seen.health(), moments));
    }
    if (!server.credential().none()) {
      facts.add(Fact.mono("Secret", server.credential().secret()).noted("its name"));
    }
    return facts;
  }

  private static Row row(
      ToolStanding tool,
      List<Finding> findings,
      @Nullable Instant changed,
      Moments moments,
      int number) {
    Tool said = tool.accepted().orElseGet(() -> Tool.named(tool.name()));
    LiveTool shown = tool.live().orElseGet(() -> LiveTool.of(said));
    return new Row(
        "tool-" + number,
        tool.name(),
        ToolWords.standing(tool.standing()),
        tool.trouble(),
        said.effect(),
        String.join(", ", said.labels()),
        said.price()
            .map(price -> price.amount().toPlainString() + " " + price.currency())
            .orElse(""),
        tool.accepted().map(pin -> LiveTool.of(pin).digest().hex()).orElse(""),
        changed == null ? null : moments.of(changed),
        findings,
        Definitions.of(shown));
  }

  static List<Finding> findings(List<Suspicion> suspicions) {
    List<Finding> findings = new ArrayList<>();
    for (Suspicion suspicion : suspicions) {
      findings.add(
          new Finding(
              ToolWords.weight(suspicion.weight()), suspicion.place(), suspicion.message()));
    }
    return findings;
  }
}
