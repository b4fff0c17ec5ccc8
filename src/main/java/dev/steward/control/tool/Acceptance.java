// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import dev.steward.control.tool.Suspicion.Weight;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Takes what a server offers into what is accepted of it. What an operator said of a tool before
/// stays; its definition becomes the offered one.
public final class Acceptance {
  private Acceptance() {}

  /// What is to be accepted of one tool.
  ///
  /// @param effect that the operator says, empty to keep what was said before, else as proposed
  /// @param labels of the data it reads, empty to keep what was said before
  public record Wish(LiveTool offered, Optional<Effect> effect, Optional<List<String>> labels) {}

  /// The server with the wishes fulfilled.
  public static ToolServer accept(ToolServer server, List<Wish> wishes) {
    Map<String, Tool> tools = new TreeMap<>();
    for (Tool tool : server.tools()) {
      tools.put(tool.name(), tool);
    }
    for (Wish wish : wishes) {
      String name = wish.offered().name();
      tools.put(name, tool(tools.getOrDefault(name, Tool.named(name)), wish));
    }
    return new ToolServer(
        server.metadata(),
        server.owner(),
        server.type(),
        server.url(),
        server.document(),
        server.command(),
        server.environment(),
        server.credential(),
        server.reach(),
        new ArrayList<>(tools.values()));
  }

  private static Tool tool(Tool before, Wish wish) {
    String effect =
        wish.effect()
            .map(Effect::word)
            .orElseGet(() ->
                before.effect().isEmpty()
                    ? ProposedEffect.of(wish.offered()).word()
                    : before.effect());
    return new Tool(
        before.name(),
        wish.offered().definition(),
        effect,
        before.sources(),
        wish.labels().orElse(before.labels()),
        before.price(),
        before.compensatedBy(),
        before.tests(),
        before.inShadow());
  }

  /// Why a definition is accepted only on purpose; none when nothing speaks against it.
  public static List<String> objections(
      Optional<Tool> before, LiveTool offered, List<Suspicion> suspicions) {
    List<String> objections = new ArrayList<>();
    for (Suspicion suspicion : suspicions) {
      if (suspicion.weight() == Weight.GRAVE) {
        objections.add(offered.name() + ": its " + suspicion.place() + " " + suspicion.message());
      }
    }
    if (before.isPresent()) {
      for (ContractCheck.Outcome outcome : ContractCheck.run(before.get(), offered)) {
        if (!outcome.passed()) {
          objections.add(
              offered.name() + ": contract test " + outcome.test() + ": " + outcome.problem());
        }
      }
    }
    for (String schema :
        List.of(offered.definition().inputSchemaJson(), offered.definition().outputSchemaJson())) {
      String trouble = JsonSchema.of(schema).trouble();
      if (!trouble.isEmpty()) {
        objections.add(
            offered.name() + ": a schema of it " + trouble + ", so that every call is refused");
      }
    }
    return objections;
  }
}
