// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.Figures;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.control.command.Command;
import dev.steward.control.live.Stopped;
import dev.steward.control.state.Kill;
import dev.steward.domain.Selector;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Kills and restores what a form asks for.
public record KillDeeds(ConsoleViews views) {

  /// Does the deed that the address names right after the section's own.
  ///
  /// @return what was done, in words; empty where the address names none
  /// @throws dev.steward.domain.ApiException as `KillSwitch`
  public Optional<String> act(Visit visit) {
    return visit.depth() == 1 ? act(visit, visit.path().getFirst()) : Optional.empty();
  }

  /// As `act(Visit)`, of a page whose address names the deed elsewhere.
  public Optional<String> act(Visit visit, String word) {
    String reason = visit.field("reason");
    return switch (word) {
      case "kill" -> Optional.of(kill(visit, visit.field("selector"), reason));
      case "restore" -> Optional.of(restore(visit, visit.field("id"), reason));
      default -> Optional.empty();
    };
  }

  private String kill(Visit visit, String selector, String reason) {
    Stopped stopped =
        views
            .live()
            .stops()
            .kill(
                new Command.Kill(id(views.random()), Selector.parse(selector), reason),
                visit.reader().actor());
    String said =
        "Killed "
            + stopped.kill().selector().plainly()
            + ": "
            + Figures.of(stopped.cut(), "call", "calls")
            + " cut, and new ones are refused.";
    return stopped.written()
        ? said
        : said + " It is not in the ledger yet (" + stopped.trouble() + ") and is tried again.";
  }

  private String restore(Visit visit, String id, String reason) {
    String what = views.live().stops().find(id).map(k -> k.selector().plainly()).orElse(id);
    views.live().stops().restore(new Command.Restore(id, reason), visit.reader().actor());
    Optional<Kill> left = views.live().stops().find(id);
    return left.isEmpty()
        ? "Restored " + what + ": new calls go through."
        : "Proposed to restore " + what + ". It is restored once a second person agrees.";
  }

  private static String id(RandomGenerator random) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return "kill-" + HexFormat.of().formatHex(id);
  }
}
