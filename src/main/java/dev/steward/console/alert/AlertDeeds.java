// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.control.Control;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.alert.Silence;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What can be done about alerts: the forms, and what they ask for.
record AlertDeeds(Control control, RandomGenerator random) {
  private static final String REASON = "Reason, kept in the ledger";
  private static final String HOUR = "silence-1h";
  private static final String DAY = "silence-1d";
  private static final int ID_BYTES = 16;

  List<Deed> of(Visit visit, Alert alert) {
    List<Deed> deeds = new ArrayList<>();
    if (alert.status() == AlertStatus.FIRING) {
      deeds.add(
          deed(
                  visit,
                  alert,
                  "acknowledge",
                  "Take the alert on",
                  "It stands in the ledger under your name. It is neither repeated nor escalated,"
                      + " unless it gets worse; whoever was told of it is told that you have it.")
              .shown("Acknowledge"));
    }
    if (alert.open() && silences(alert)) {
      deeds.add(silence(visit, alert, HOUR, "an hour"));
      deeds.add(silence(visit, alert, DAY, "a day"));
    }
    return deeds;
  }

  private static Deed silence(Visit visit, Alert alert, String word, String length) {
    return deed(
            visit,
            alert,
            word,
            "Silence " + scope(alert).words() + " for " + length,
            "Nobody is told of them until then, also of new ones. They are shown as silenced, and"
                + " told when it is over where they still fire.")
        .shown("Silence for " + length);
  }

  /// What may be silenced from here is the rule for the one agent that the alert is about.
  private static boolean silences(Alert alert) {
    return alert.agents().stream().map(Concern::agent).distinct().count() == 1;
  }

  private static Scope scope(Alert alert) {
    Concern first = alert.agents().getFirst();
    return new Scope(
        alert.rule(), first.agent(), alert.agents().size() == 1 ? first.environment() : "");
  }

  private record Scope(String rule, String agent, String environment) {
    String words() {
      return Silence.words(rule, agent, environment);
    }
  }

  private static Deed deed(
      Visit visit, Alert alert, String word, String words, String consequence) {
    return new Deed(
        word,
        AlertSection.href(alert.id()) + "/" + word,
        visit.request().csrf(),
        Map.of(),
        words,
        consequence,
        REASON,
        false);
  }

  /// The form that ends a silence.
  static Deed lift(Visit visit, Silence silence) {
    return new Deed(
            "lift-" + silence.id(),
            "/alerts/silences/" + silence.id(),
            visit.request().csrf(),
            Map.of(),
            "Lift the silence of " + silence.words(),
            "People are told of what still fires at once.",
            REASON,
            false)
        .shown("Lift");
  }

  /// What was done, empty when the word names no deed.
  Optional<String> act(Visit visit, Alert alert, String word, Instant now) {
    String reason = reason(visit);
    return switch (word) {
      case "acknowledge" -> {
        submit(visit, new Command.AcknowledgeAlert(alert.id(), reason));
        yield Optional.of("You have it. Nobody else is told, unless it gets worse.");
      }
      case HOUR -> silenced(visit, alert, now.plus(Duration.ofHours(1)), reason);
      case DAY -> silenced(visit, alert, now.plus(Duration.ofDays(1)), reason);
      default -> Optional.empty();
    };
  }

  private Optional<String> silenced(Visit visit, Alert alert, Instant until, String reason) {
    if (!silences(alert)) {
      return Optional.empty();
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Scope scope = scope(alert);
    submit(
        visit,
        new Command.SilenceAlerts(
            HexFormat.of().formatHex(id),
            scope.rule(),
            scope.agent(),
            scope.environment(),
            until,
            reason));
    return Optional.of("Nobody is told of " + scope.words() + " for now.");
  }

  void lift(Visit visit, String silence) {
    submit(visit, new Command.LiftSilence(silence, reason(visit)));
  }

  private static String reason(Visit visit) {
    return visit.field("reason");
  }

  private void submit(Visit visit, Command command) {
    control.submit(command, visit.reader().actor());
  }
}
