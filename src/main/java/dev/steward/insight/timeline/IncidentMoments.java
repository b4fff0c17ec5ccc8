// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Aspect;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.insight.timeline.Moment.Kind;
import dev.steward.insight.timeline.Moment.Tone;
import java.util.List;
import java.util.Optional;

/// What the ledger says of incidents, of one agent or of one incident.
public final class IncidentMoments {
  private final State state;

  public IncidentMoments(State state) {
    this.state = state;
  }

  /// What the event says to an agent that the incident is about.
  Optional<Moment> of(Chronicle.Line line, Event event, String agent) {
    return incident(event)
        .filter(incident -> incident.about(agent))
        .flatMap(incident -> moment(line, event, incident, where(incident)));
  }

  /// What the event says of the incident with the id, empty for any other.
  public Optional<Moment> of(Chronicle.Line line, String id, Event event) {
    return incident(event)
        .filter(incident -> incident.id().equals(id))
        .flatMap(incident -> moment(line, event, incident, ""));
  }

  private Optional<Incident> incident(Event event) {
    return id(event).flatMap(state.incidents()::find);
  }

  private static Optional<String> id(Event event) {
    return switch (event) {
      case Event.IncidentOpened opened -> Optional.of(opened.id());
      case Event.IncidentNoted noted -> Optional.of(noted.id());
      case Event.IncidentReported reported -> Optional.of(reported.id());
      case Event.IncidentChanged changed -> Optional.of(changed.id());
      default -> Optional.empty();
    };
  }

  private Optional<Moment> moment(
      Chronicle.Line line, Event event, Incident incident, String environment) {
    String title = state.text(incident.title()).orElse(incident.id());
    return switch (event) {
      case Event.IncidentOpened opened ->
          told(
              line,
              incident,
              Tone.BAD,
              environment,
              opened.severity() + " incident opened: " + title,
              text(opened.reason()));
      case Event.IncidentNoted noted ->
          told(
              line,
              incident,
              Tone.PLAIN,
              environment,
              "noted on incident: " + title,
              text(noted.text()));
      case Event.IncidentReported reported ->
          told(
              line,
              incident,
              Tone.PLAIN,
              environment,
              "report with its proofs given out: " + title,
              "manifest " + reported.manifest().hex());
      case Event.IncidentChanged changed ->
          told(
              line,
              incident,
              tone(changed),
              environment,
              "incident's " + changed.aspect() + " now " + to(changed) + ": " + title,
              text(changed.reason()));
      default -> Optional.empty();
    };
  }

  private static Tone tone(Event.IncidentChanged changed) {
    if (Aspect.of(changed.aspect()) != Aspect.STATUS) {
      return Tone.PLAIN;
    }
    return changed.to().equals(IncidentStatus.OPEN.word()) ? Tone.WARNING : Tone.GOOD;
  }

  private String to(Event.IncidentChanged changed) {
    return Aspect.of(changed.aspect()) == Aspect.COMMANDER
        ? state.person(changed.to()).map(ActorName::of).orElse(changed.to())
        : changed.to();
  }

  /// Where it is about that agent and nothing else; "" for what is about more.
  private static String where(Incident incident) {
    List<Concern> all = incident.agents();
    return all.size() == 1 ? all.getFirst().environment() : "";
  }

  private String text(Digest commitment) {
    return state.text(commitment).orElse("");
  }

  private static Optional<Moment> told(
      Chronicle.Line line,
      Incident incident,
      Tone tone,
      String environment,
      String title,
      String detail) {
    return Optional.of(
        new Moment(
            line.entry().at(),
            Kind.INCIDENT,
            tone,
            line.entry().actor(),
            environment,
            title,
            detail,
            IncidentAddress.of(incident.id()),
            line.index()));
  }
}
