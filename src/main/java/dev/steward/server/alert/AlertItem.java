// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.control.alert.Alert;
import dev.steward.control.alert.NextNotice;
import dev.steward.control.alert.Silence;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AlertRule;
import dev.steward.insight.alert.Standing;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One alert.
///
/// @param group what is one alert of the rule: an agent, a finding, or "" for all
/// @param severity critical, warning or note
/// @param status firing, silenced, acknowledged or resolved
/// @param title null once erased
/// @param why the numbers; null once erased
/// @param agents whom it is about; none where it is about the server
/// @param findings by id, what fires now, or fired last
/// @param began when what fired began, as far as is known
/// @param resolvedAt null while it is not over
/// @param acknowledged null while nobody has
/// @param told who was told when, the oldest first
/// @param deliveries whether it arrived, the newest first; only in the answer of one alert
/// @param next what is told next unless something changes, null for nothing
/// @param silencedUntil null where people are told
/// @param runbook address of what to do, "" for none
/// @param incident id of the incident that it opened, null for none
/// @param page of the console that shows it
public record AlertItem(
    String id,
    String rule,
    String group,
    String severity,
    String status,
    @Nullable String title,
    @Nullable String why,
    List<AlertAboutItem> agents,
    List<String> findings,
    Instant began,
    Instant raisedAt,
    @Nullable Instant resolvedAt,
    @Nullable AlertAnswerItem acknowledged,
    List<AlertToldItem> told,
    @Nullable List<AlertArrivalItem> deliveries,
    @Nullable AlertNextItem next,
    @Nullable Instant silencedUntil,
    String runbook,
    @Nullable String incident,
    String page) {
  /// An agent that it is about.
  ///
  /// @param environment "" for wherever it runs
  public record AlertAboutItem(String agent, String environment) {
    static AlertAboutItem of(Concern concern) {
      return new AlertAboutItem(concern.agent(), concern.environment());
    }
  }

  /// Who has taken it on.
  ///
  /// @param reason null once erased
  public record AlertAnswerItem(Instant at, ActorItem by, @Nullable String reason) {}

  /// That people were told.
  ///
  /// @param stage first, repeat, worse or escalation
  public record AlertToldItem(Instant at, String stage, List<String> channels) {}

  /// Whether a notice arrived.
  ///
  /// @param status waiting, delivered or failed
  /// @param trouble why the last attempt failed, null when none did
  public record AlertArrivalItem(
      String channel,
      String event,
      String status,
      int attempts,
      @Nullable String trouble,
      Instant at) {
    static AlertArrivalItem of(Delivery delivery) {
      return new AlertArrivalItem(
          delivery.channel(),
          delivery.notice().event(),
          delivery.status().word(),
          delivery.attempts(),
          delivery.trouble().isEmpty() ? null : delivery.trouble(),
          delivery.changedAt());
    }
  }

  /// What is told next.
  public record AlertNextItem(Instant at, String stage, List<String> channels) {
    static AlertNextItem of(NextNotice next) {
      return new AlertNextItem(next.at(), next.stage().word(), next.channels());
    }
  }

  static AlertItem of(Alert alert, State state, Instant now, @Nullable List<Delivery> arrivals) {
    Optional<AlertRule> rule = state.find(AlertRule.class, alert.rule());
    Alert.Answer answer = alert.answer();
    return new AlertItem(
        alert.id(),
        alert.rule(),
        alert.group(),
        Fields.word(alert.level()),
        Standing.of(alert, state.alerts(), now).word(),
        text(alert.title(), state),
        text(alert.why(), state),
        alert.agents().stream().map(AlertAboutItem::of).toList(),
        alert.findings(),
        alert.began(),
        alert.raisedAt(),
        alert.resolvedAt(),
        answer == null
            ? null
            : new AlertAnswerItem(
                answer.at(), ActorItem.of(answer.by()), text(answer.reason(), state)),
        alert.told().stream()
            .map(told -> new AlertToldItem(told.at(), told.stage().word(), told.channels()))
            .toList(),
        arrivals == null ? null : arrivals.stream().map(AlertArrivalItem::of).toList(),
        rule.flatMap(each -> NextNotice.of(each, alert, state.alerts(), now))
            .map(AlertNextItem::of)
            .orElse(null),
        alert.open() ? state.alerts().silencing(alert, now).map(Silence::until).orElse(null) : null,
        rule.map(AlertRule::runbook).orElse(""),
        state.incidents().find(alert.incident()).map(Incident::id).orElse(null),
        "/alerts/" + alert.id());
  }

  private static @Nullable String text(Digest commitment, State state) {
    return state.text(commitment).orElse(null);
  }
}
