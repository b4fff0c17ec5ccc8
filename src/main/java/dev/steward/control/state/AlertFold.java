// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.Alerts;
import dev.steward.control.alert.Silence;
import dev.steward.control.alert.Stage;
import dev.steward.control.event.Event;
import dev.steward.domain.resource.AlertRule.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What the events of alerts make of them.
final class AlertFold {
  /// How long a silence that is over is still shown.
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private AlertFold() {}

  static Alerts add(Alerts before, Event.OfAlert event, Instant at, Actor actor) {
    return switch (event) {
      case Event.AlertRaised e -> before.raised(raised(e, at));
      case Event.AlertChanged e ->
          before.changed(
              e.id(),
              alert ->
                  alert.changed(level(e.level()), e.agents(), e.findings(), e.title(), e.why()));
      case Event.AlertTold(String id, String stage, List<String> channels) ->
          before.changed(id, alert -> alert.toldOf(new Alert.Told(at, Stage.of(stage), channels)));
      case Event.AlertAcknowledged e ->
          before.changed(e.id(), alert -> alert.answered(new Alert.Answer(at, actor, e.reason())));
      case Event.AlertResolved e -> before.resolved(e.id(), at);
      case Event.AlertsSilenced e ->
          before.silenced(
              new Silence(
                  e.id(), e.rule(), e.agent(), e.environment(), e.until(), e.reason(), at, actor),
              at.minus(REMEMBERED));
      case Event.SilenceLifted e -> before.lifted(e.id());
    };
  }

  private static Alert raised(Event.AlertRaised event, Instant at) {
    return new Alert(
        event.id(),
        event.rule(),
        event.group(),
        level(event.level()),
        null,
        event.agents(),
        event.findings(),
        event.title(),
        event.why(),
        event.began(),
        at,
        List.of(),
        null,
        null);
  }

  private static Level level(String word) {
    return Level.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
