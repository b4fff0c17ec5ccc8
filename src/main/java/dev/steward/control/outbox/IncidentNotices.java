// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.event.Event;
import dev.steward.control.incident.Aspect;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What people are told of incidents: that there is one, what changes of it, and that it is over.
final class IncidentNotices {
  private IncidentNotices() {}

  static Optional<Notice> of(Event.IncidentOpened event, State state, Instant at) {
    return state.incidents().find(event.id()).map(each -> opened(each, event, state, at));
  }

  static Optional<Notice> of(Event.IncidentChanged event, State state, Instant at) {
    return state.incidents().find(event.id()).map(each -> changed(each, event, state, at));
  }

  private static Notice opened(
      Incident incident, Event.IncidentOpened event, State state, Instant at) {
    return notice(
        "incident.opened",
        incident,
        at,
        "Incident (%s): %s".formatted(event.severity(), title(incident, state)),
        about(incident) + words(event.reason(), state),
        state,
        Map.of());
  }

  private static Notice changed(
      Incident incident, Event.IncidentChanged event, State state, Instant at) {
    Aspect aspect = Aspect.of(event.aspect());
    String to = aspect == Aspect.COMMANDER ? name(event.to(), state) : event.to();
    boolean over = aspect == Aspect.STATUS && event.to().equals(IncidentStatus.RESOLVED.word());
    Map<String, String> more = new HashMap<>();
    more.put("changed", aspect.word());
    more.put("to", event.to());
    if (over) {
      more.put("detection", incident.detection().toString());
      more.put("containment", incident.containment().map(Duration::toString).orElse(""));
      more.put("resolution", incident.resolution().map(Duration::toString).orElse(""));
    }
    return notice(
        over ? "incident.resolved" : "incident.changed",
        incident,
        at,
        "Incident %s %s: %s".formatted(aspect.word(), to, title(incident, state)),
        words(event.reason(), state),
        state,
        more);
  }

  private static Notice notice(
      String event,
      Incident incident,
      Instant at,
      String title,
      String text,
      State state,
      Map<String, String> more) {
    Map<String, String> data = new HashMap<>(more);
    data.put("id", incident.id());
    data.put("title", title(incident, state));
    data.put("severity", incident.severity().word());
    data.put("status", incident.status().word());
    data.put("agents", Concern.words(incident.agents()));
    data.put("cause", incident.cause());
    data.put("began", incident.began().toString());
    return new Notice(
        event, incident.id(), at, title, text, "/" + IncidentAddress.of(incident.id()), data);
  }

  private static String about(Incident incident) {
    return "It began "
        + incident.began()
        + (incident.agents().isEmpty() ? "" : " and is about " + Concern.words(incident.agents()))
        + ". ";
  }

  private static String title(Incident incident, State state) {
    return state.text(incident.title()).orElse(incident.id());
  }

  private static String words(Digest reason, State state) {
    return state.text(reason).orElse("The reason was erased.");
  }

  private static String name(String person, State state) {
    return state.person(person).map(ActorName::of).orElse(person);
  }
}
