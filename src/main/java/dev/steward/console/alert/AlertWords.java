// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.NextNotice;
import dev.steward.control.alert.Silence;
import dev.steward.control.alert.Stage;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.insight.alert.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How alerts are put to people.
final class AlertWords {
  private AlertWords() {}

  static Mark mark(Alert alert, State state, Instant now) {
    return switch (Standing.of(alert, state.alerts(), now)) {
      case FIRING ->
          new Mark(
              alert.level() == Level.CRITICAL ? Mark.Tone.CRITICAL : Mark.Tone.WARNING, "Firing");
      case SILENCED -> new Mark(Mark.Tone.UNKNOWN, "Silenced");
      case ACKNOWLEDGED -> new Mark(Mark.Tone.WAITING, "Acknowledged");
      case RESOLVED -> new Mark(Mark.Tone.OK, "Resolved");
    };
  }

  static String title(Alert alert, State state) {
    return state.text(alert.title()).orElse("an alert whose words were erased");
  }

  static String stage(Stage stage) {
    return switch (stage) {
      case FIRST -> "First notice";
      case REPEAT -> "Told again";
      case WORSE -> "It got worse";
      case ESCALATION -> "Escalated";
    };
  }

  /// Such as `escalation through managers in 12 min`.
  static String next(Alert alert, State state, Moments moments) {
    if (!alert.open()) {
      return "nothing, it is over";
    }
    Optional<NextNotice> next =
        state
            .find(AlertRule.class, alert.rule())
            .flatMap(rule -> NextNotice.of(rule, alert, state.alerts(), moments.now()));
    String silenced =
        state
            .alerts()
            .silencing(alert, moments.now())
            .map(Silence::until)
            .map(until -> "silenced until " + moments.of(until).shown() + "; ")
            .orElse("");
    return silenced
        + next.map(each ->
                switch (each.stage()) {
                      case FIRST -> "first notice";
                      case REPEAT -> "told again";
                      case WORSE -> "told that it got worse";
                      case ESCALATION -> "escalation";
                    }
                    + through(each.channels())
                    + " "
                    + moments.of(each.at()).relative())
            .orElse("nothing unless something changes");
  }

  static String through(List<String> channels) {
    return channels.isEmpty() ? " through no channel" : " through " + String.join(", ", channels);
  }

  static Mark arrived(Delivery delivery) {
    return switch (delivery.status()) {
      case DELIVERED -> new Mark(Mark.Tone.OK, "Arrived");
      case FAILED -> new Mark(Mark.Tone.CRITICAL, "Given up");
      case WAITING ->
          delivery.attempts() == 0
              ? new Mark(Mark.Tone.RUNNING, "Under way")
              : new Mark(Mark.Tone.WARNING, "Tried again later");
    };
  }
}
