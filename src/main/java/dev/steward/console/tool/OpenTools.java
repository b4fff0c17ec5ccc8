// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.filter.Choice;
import dev.steward.console.tool.ServerPage.Open;
import dev.steward.control.tool.Acceptance;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.ProposedEffect;
import dev.steward.control.tool.Suspicion;
import dev.steward.control.tool.ToolStanding;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.List;

/// Shows tools that wait to be accepted.
final class OpenTools {
  private OpenTools() {}

  static boolean open(ToolStanding tool) {
    return tool.live().isPresent()
        && (tool.standing() == Standing.NEW || tool.standing() == Standing.CHANGED);
  }

  /// @param tool one that is open
  static Open of(ToolServer server, ToolStanding tool, List<Suspicion> suspicions, int number) {
    LiveTool live = tool.live().orElseThrow();
    Effect proposed = ProposedEffect.of(live);
    String said = tool.accepted().map(Tool::effect).orElse("");
    return new Open(
        "open-" + number,
        tool.name(),
        ToolWords.standing(tool.standing()),
        tool.accepted()
            .map(LiveTool::of)
            .map(pin ->
                TextDiff.of("accepted", Definitions.text(pin), "offered", Definitions.text(live)))
            .orElse(null),
        tool.accepted().isEmpty() ? Definitions.of(live) : null,
        ServerPages.findings(suspicions),
        Acceptance.objections(tool.accepted(), live, suspicions),
        effects(said.isEmpty() ? proposed.word() : said),
        proposal(proposed, said),
        tool.accepted().map(accepted -> String.join(", ", accepted.labels())).orElse(""),
        live.digest().hex(),
        consequence(server, tool));
  }

  private static String proposal(Effect proposed, String said) {
    String guess = proposed.word() + " is proposed, by its name and what its server hints at";
    return said.isEmpty() || said.equals(proposed.word())
        ? guess
        : "Accepted as " + said + " before; now " + guess;
  }

  private static List<Choice> effects(String selected) {
    List<Choice> effects = new ArrayList<>();
    for (Effect effect : Effect.values()) {
      effects.add(new Choice(effect.word(), effect.word(), effect.word().equals(selected)));
    }
    return effects;
  }

  private static String consequence(ToolServer server, ToolStanding tool) {
    String whole = server.name() + "/" + tool.name();
    return "From then on every agent whose version lists "
        + whole
        + " sees this definition and may call it as policy says. Rules that name its effect or"
        + " labels hold for it. The ledger keeps that you accepted it.";
  }
}
