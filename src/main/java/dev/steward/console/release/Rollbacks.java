// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.TimeIds;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The way back to an agent's earlier version, for any page that shows it.
public record Rollbacks(ConsoleViews views, InstantSource clock) {

  /// The button, with what it will change; empty where there is no earlier version, or the reader
  /// may not.
  ///
  /// @param action address that it is posted to
  public static Optional<Deed> deed(
      State state, Reader reader, String csrf, Agent agent, String environment, String action) {
    if (!reader.rights().may(Permission.DEPLOY, Track.target(agent, environment))) {
      return Optional.empty();
    }
    try {
      RollbackPlan plan = RollbackPlan.of(state, agent.name(), environment, "");
      String version = ReleaseWords.version(plan.back().version());
      return Optional.of(
          new Deed(
                  "back-" + agent.name() + "-" + environment,
                  action,
                  csrf,
                  Map.of(
                      "agent",
                      agent.name(),
                      "environment",
                      environment,
                      "version",
                      plan.back().version().hex()),
                  "Roll " + agent.name() + " in " + environment + " back to " + version,
                  ReleaseWords.consequence(plan, plan.widens(state)),
                  Track.REASON,
                  true)
              .shown("Roll back to " + version));
    } catch (ApiException e) {
      // There is no earlier version: nothing is offered.
      return Optional.empty();
    }
  }

  /// Does what the button asks for.
  ///
  /// @return what was done, in words
  public String act(Visit visit) {
    String agent = visit.field("agent");
    String environment = visit.field("environment");
    Command back =
        new Command.RollBack(
            new TimeIds(views.random(), clock).next(),
            agent,
            environment,
            visit.field("version"),
            false,
            "person",
            visit.field("reason"));
    views.control().submit(back, visit.reader().actor());
    return agent + " was rolled back in " + environment + ".";
  }
}
