// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.alert.Alert;
import dev.steward.control.alert.Stage;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AlertRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people are told of alerts: that one fires, that somebody has taken it on, and that it is
/// over.
public final class AlertNotices {
  /// The events of their notices.
  public static final String FIRING = "alert.firing";

  public static final String ACKNOWLEDGED = "alert.acknowledged";
  public static final String RESOLVED = "alert.resolved";

  private AlertNotices() {}

  /// The channels that are told of the event.
  static List<String> channels(Event.OfAlert event) {
    return switch (event) {
      case Event.AlertTold told -> told.channels();
      case Event.AlertAcknowledged acknowledged -> acknowledged.channels();
      case Event.AlertResolved resolved -> resolved.channels();
      case Event.AlertRaised _,
          Event.AlertChanged _,
          Event.AlertsSilenced _,
          Event.SilenceLifted _ ->
          List.of();
    };
  }

  static Optional<Notice> of(Event.OfAlert event, State state, Instant at) {
    return state.alerts().find(event.id()).flatMap(alert -> of(event, alert, state, at));
  }

  private static Optional<Notice> of(Event.OfAlert event, Alert alert, State state, Instant at) {
    return switch (event) {
      case Event.AlertTold told -> Optional.of(firing(told, alert, state, at));
      case Event.AlertAcknowledged acknowledged -> {
        Alert.Answer answer = alert.answer();
        String by = answer == null ? "somebody" : ActorName.of(answer.by(), state);
        yield Optional.of(
            notice(
                ACKNOWLEDGED,
                alert,
                at,
                "Acknowledged by " + by + ": " + words(alert.title(), state),
                words(acknowledged.reason(), state),
                state,
                Map.of("by", by)));
      }
      case Event.AlertResolved resolved ->
          Optional.of(
              notice(
                  RESOLVED,
                  alert,
                  at,
                  "Resolved: " + words(alert.title(), state),
                  words(resolved.why(), state),
                  state,
                  Map.of()));
      case Event.AlertRaised _,
          Event.AlertChanged _,
          Event.AlertsSilenced _,
          Event.SilenceLifted _ ->
          Optional.empty();
    };
  }

  private static Notice firing(Event.AlertTold told, Alert alert, State state, Instant at) {
    Optional<AlertRule> rule = state.find(AlertRule.class, alert.rule());
    Stage stage = Stage.of(told.stage());
    String runbook = rule.map(AlertRule::runbook).orElse("");
    Map<String, String> more = new HashMap<>();
    more.put("stage", stage.word());
    more.put("runbook", runbook);
    state
        .incidents()
        .find(alert.incident())
        .ifPresent(incident -> {
          more.put("incident", incident.id());
          more.put("incidentPath", "/" + IncidentAddress.of(incident.id()));
        });
    return notice(
        FIRING,
        alert,
        at,
        begins(stage, rule, alert) + words(alert.title(), state),
        words(alert.why(), state)
            + "\nRule: "
            + alert.rule()
            + "."
            + (runbook.isEmpty() ? "" : "\nRunbook: " + runbook)
            + "\nTake it on: steward alert acknowledge "
            + alert.id()
            + " --reason WHY",
        state,
        more);
  }

  private static String begins(Stage stage, Optional<AlertRule> rule, Alert alert) {
    String level = Fields.word(alert.level());
    return switch (stage) {
      case FIRST -> "Alert (" + level + "): ";
      case REPEAT -> "Still firing (" + level + "): ";
      case WORSE -> "Worse, now " + level + ": ";
      case ESCALATION ->
          "Nobody has answered"
              + rule.map(each -> " for " + Durations.write(each.telling().escalation().after()))
                  .orElse("")
              + " ("
              + level
              + "): ";
    };
  }

  private static Notice notice(
      String event,
      Alert alert,
      Instant at,
      String title,
      String text,
      State state,
      Map<String, String> more) {
    Map<String, String> data = new HashMap<>(more);
    data.put("id", alert.id());
    data.put("rule", alert.rule());
    data.put("group", alert.group());
    data.put("severity", Fields.word(alert.level()));
    data.put("title", words(alert.title(), state));
    data.put("agents", Concern.words(alert.agents()));
    data.put("findings", String.join(", ", alert.findings()));
    data.put("began", alert.began().toString());
    return new Notice(event, alert.id(), at, title, text, "/alerts/" + alert.id(), data);
  }

  private static String words(Digest text, State state) {
    return state.text(text).orElse("The words were erased.");
  }
}
