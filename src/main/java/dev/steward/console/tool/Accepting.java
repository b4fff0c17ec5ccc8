// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.frame.Visit;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.plan.Plan;
import dev.steward.control.tool.Acceptance;
import dev.steward.control.tool.Acceptance.Wish;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.Suspicions;
import dev.steward.control.tool.ToolStanding;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accepts a tool as a form says: the definition that was shown, and no other.
record Accepting(Control control) {

  /// @return what was done, in words
  String act(Visit visit, SeenServer seen) {
    ToolServer server = seen.server();
    if (!visit.reader().rights().may(Permission.DECLARE, Scopes.of(server))) {
      throw new ApiException(
          ErrorCode.FORBIDDEN, "Your role does not let you accept tools of " + server.name() + ".");
    }
    Map<String, String> form = visit.request().form();
    ToolStanding tool = tool(seen, form.getOrDefault("tool", ""));
    LiveTool live = tool.live().orElseThrow();
    if (!live.digest().hex().equals(form.getOrDefault("digest", ""))) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "The definition of " + tool.name() + " has changed since you saw it: look at it again.");
    }
    Effect effect =
        Effect.of(form.getOrDefault("effect", ""))
            .orElseThrow(() -> new ApiException(ErrorCode.INVALID, "Say what the tool does."));
    refuseObjections(server, tool, live, form);
    Command command =
        new Command.ApplyResources(
            List.of(
                Declaration.of(
                    Acceptance.accept(
                        server,
                        List.of(new Wish(live, Optional.of(effect), Optional.of(labels(form))))))));
    Plan plan = control.preview(command, visit.reader().actor());
    if (plan.refused()) {
      throw new ApiException(ErrorCode.INVALID, plan.problems().getFirst().toString());
    }
    if (control.submit(command, visit.reader().actor()).plan().proposed().isPresent()) {
      return server.name()
          + "/"
          + tool.name()
          + " waits for a second person, since agents that run could do more by it: see Proposals"
          + " under Policies.";
    }
    return server.name()
        + "/"
        + tool.name()
        + " is accepted, with the effect "
        + effect.word()
        + ".";
  }

  private static ToolStanding tool(SeenServer seen, String name) {
    for (ToolStanding tool : seen.tools()) {
      if (tool.name().equals(name) && OpenTools.open(tool)) {
        return tool;
      }
    }
    throw new ApiException(
        ErrorCode.CONFLICT, "No tool " + name + " waits to be accepted: it was, or is gone.");
  }

  private void refuseObjections(
      ToolServer server, ToolStanding tool, LiveTool live, Map<String, String> form) {
    List<String> objections =
        Acceptance.objections(
            tool.accepted(),
            live,
            Suspicions.of(live, Suspicions.others(server, control.state().all(ToolServer.class))));
    if (!objections.isEmpty() && !form.containsKey("anyway")) {
      throw new ApiException(
          ErrorCode.INVALID,
          String.join("; ", objections) + ". Say that you have read it, and want it nonetheless.");
    }
  }

  private static List<String> labels(Map<String, String> form) {
    List<String> labels = new ArrayList<>();
    for (String label : form.getOrDefault("labels", "").split(",", -1)) {
      if (!label.isBlank()) {
        labels.add(label.strip());
      }
    }
    return labels;
  }
}
