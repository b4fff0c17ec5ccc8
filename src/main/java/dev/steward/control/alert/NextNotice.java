// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Escalation;
import dev.steward.domain.resource.AlertRule.Telling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is told next of an alert as long as nothing changes. It follows from the rule and from what
/// the ledger says alone, so that the page, the API and whoever tells it say the same.
///
/// @param at when it is due
/// @param channels through which it is told
public record NextNotice(Instant at, Stage stage, List<String> channels) {
  public NextNotice {
    channels = List.copyOf(channels);
  }

  /// Empty where nothing more is told unless something changes.
  public static Optional<NextNotice> of(AlertRule rule, Alert alert, Alerts alerts, Instant now) {
    if (alert.status() != AlertStatus.FIRING) {
      return Optional.empty();
    }
    Instant from = alerts.silencing(alert, now).map(Silence::until).orElse(Instant.MIN);
    return due(rule.telling(), alert).stream()
        .map(next -> next.notBefore(from))
        .min(Comparator.comparing(NextNotice::at).thenComparing(NextNotice::stage));
  }

  private static List<NextNotice> due(Telling telling, Alert alert) {
    if (alert.told().isEmpty()) {
      return List.of(
          new NextNotice(alert.raisedAt().plus(telling.pause()), Stage.FIRST, telling.channels()));
    }
    Instant last = alert.told().getLast().at();
    if (alert.worse()) {
      return List.of(new NextNotice(last, Stage.WORSE, alert.toldChannels()));
    }
    List<NextNotice> due = new ArrayList<>();
    if (!telling.repeat().isZero()) {
      due.add(new NextNotice(last.plus(telling.repeat()), Stage.REPEAT, telling.channels()));
    }
    Escalation escalation = telling.escalation();
    if (!escalation.channels().isEmpty() && alert.told(Stage.ESCALATION).isEmpty()) {
      Instant asked = alert.told(Stage.WORSE).or(() -> alert.told(Stage.FIRST)).orElse(last);
      due.add(
          new NextNotice(asked.plus(escalation.after()), Stage.ESCALATION, escalation.channels()));
    }
    return due;
  }

  private NextNotice notBefore(Instant from) {
    return at.isBefore(from) ? new NextNotice(from, stage, channels) : this;
  }
}
