// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.TimeIds;
import dev.steward.control.command.Command;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.domain.release.Strategy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Does what the forms of the pages of releases ask for.
record ReleaseDeeds(ConsoleViews views, InstantSource clock) {
  /// What was done.
  ///
  /// @param agent whose page shows it
  /// @param release that was started, "" for none
  record Done(String words, String agent, String release) {}

  Done start(Visit visit) {
    String id = new TimeIds(views.random(), clock).next();
    String agent = visit.field("agent");
    submit(
        visit,
        new Command.StartRelease(
            id,
            agent,
            visit.field("to"),
            visit.field("version"),
            Strategy.of(visit.field("strategy")).orElse(Strategy.DIRECT),
            Map.of(),
            visit.field("reason")));
    return new Done("Started: " + stands(id) + ".", agent, id);
  }

  Done back(Visit visit) {
    String done = new Rollbacks(views, clock).act(visit);
    return new Done(done, visit.field("agent"), "");
  }

  /// What was done to one release, empty when the word names no deed.
  Optional<String> act(Visit visit, String id, String word) {
    String reason = visit.field("reason");
    Command command;
    switch (word) {
      case "promote" -> command = new Command.PromoteRelease(id, reason);
      case "weight" -> command = new Command.WeighCanary(id, visit.field("weight"), reason);
      case "switch" -> command = put(visit, id, false, reason);
      case "switch-back" -> command = put(visit, id, true, reason);
      case "hold" -> command = new Command.HoldRelease(id, reason);
      case "refuse" -> command = new Command.RefuseRelease(id, reason);
      default -> {
        return Optional.empty();
      }
    }
    submit(visit, command);
    return Optional.of("It is " + stands(id) + " now.");
  }

  private static Command put(Visit visit, String id, boolean back, String reason) {
    return new Command.SwitchRelease(id, back, !visit.field("cut").isEmpty(), reason);
  }

  private void submit(Visit visit, Command command) {
    views.control().submit(command, visit.reader().actor());
  }

  private String stands(String id) {
    return views
        .control()
        .state()
        .releases()
        .find(id)
        .map(ReleaseRecord::state)
        .map(state -> state.word().replace('-', ' '))
        .orElse("gone");
  }
}
