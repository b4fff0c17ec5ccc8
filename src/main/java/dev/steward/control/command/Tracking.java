// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Aspect;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is decided about incidents.
final class Tracking {
  private static final int TITLE_CHARACTERS_MAX = 200;
  private static final int ID_CHARACTERS_MAX = 200;
  private static final int AGENTS_MAX = 50;
  private static final int RUNS_MAX = 100;
  private static final int NOTES_MAX = 1_000;

  private final Matter matter;
  private final State state;

  Tracking(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void open(Command.OpenIncident open) {
    Optional<DriftAlarm> cause = cause(open.cause());
    Set<Concern> agents = new LinkedHashSet<>(open.agents());
    cause
        .map(alarm -> new Concern(alarm.agent(), alarm.environment()))
        .filter(of -> !agents.contains(new Concern(of.agent(), "")))
        .ifPresent(agents::add);
    check(open, agents);
    need(agents);
    Digest reason = matter.seal(open.reason());
    matter
        .decided()
        .add(
            new Event.IncidentOpened(
                open.id(),
                matter.seal(open.title().strip()),
                open.severity().word(),
                List.copyOf(agents),
                distinct(open.runs()),
                open.cause(),
                began(open, cause),
                reason));
    hold(open.id(), LegalHold.Subject.INCIDENT, open.id(), reason);
    int run = 0;
    for (String id : distinct(open.runs())) {
      run++;
      hold(open.id() + "-run-" + run, LegalHold.Subject.RUN, id, reason);
    }
  }

  void note(Command.NoteIncident note) {
    Incident incident = incident(note.id());
    need(incident.agents());
    Matter.checkReason(note.text(), "a note");
    if (incident.notes().size() >= NOTES_MAX) {
      throw Releasing.conflict(
          "incident " + incident.id() + " has " + NOTES_MAX + " notes, and takes no more");
    }
    matter.decided().add(new Event.IncidentNoted(incident.id(), matter.seal(note.text())));
  }

  void report(Command.ReportIncident report) {
    Incident incident = incident(report.id());
    need(incident.agents());
    matter.decided().add(new Event.IncidentReported(incident.id(), report.manifest()));
  }

  void change(Command.ChangeIncident change) {
    Incident incident = incident(change.id());
    need(incident.agents());
    Matter.checkReason(change.reason(), "a change of an incident");
    List<Event.IncidentChanged> changes = new ArrayList<>();
    Digest reason = matter.seal(change.reason());
    change
        .severity()
        .filter(severity -> severity != incident.severity())
        .ifPresent(severity -> changes.add(of(incident, Aspect.SEVERITY, severity.word(), reason)));
    change
        .commander()
        .map(this::person)
        .filter(person -> !person.equals(incident.commander()))
        .ifPresent(person -> changes.add(of(incident, Aspect.COMMANDER, person, reason)));
    change
        .status()
        .filter(status -> status != incident.status())
        .map(status -> checked(incident, status))
        .ifPresent(status -> changes.add(of(incident, Aspect.STATUS, status.word(), reason)));
    if (changes.isEmpty()) {
      throw Releasing.conflict(
          "incident "
              + incident.id()
              + " stands so already; name another severity, commander or status");
    }
    changes.forEach(matter.decided()::add);
  }

  private static Event.IncidentChanged of(
      Incident incident, Aspect aspect, String to, Digest reason) {
    return new Event.IncidentChanged(incident.id(), aspect.word(), to, reason);
  }

  /// Whether harm is done no more is for people to say.
  private IncidentStatus checked(Incident incident, IncidentStatus status) {
    if (matter.actor().equals(Actor.SYSTEM)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN, "only people say whether an incident is contained or resolved");
    }
    if (!incident.open()) {
      throw Releasing.conflict(
          "incident "
              + incident.id()
              + " is resolved, which is not taken back; open another where it came back");
    }
    return status;
  }

  private void check(Command.OpenIncident open, Set<Concern> agents) {
    checkId("an incident", open.id());
    if (state.incidents().find(open.id()).isPresent()) {
      throw Releasing.conflict("incident " + open.id() + " exists already");
    }
    String title = open.title().strip();
    if (title.isEmpty() || title.length() > TITLE_CHARACTERS_MAX || title.indexOf('\n') >= 0) {
      throw invalid(
          "an incident needs a title: one line of at most " + TITLE_CHARACTERS_MAX + " characters");
    }
    Matter.checkReason(open.reason(), "an incident");
    if (agents.size() > AGENTS_MAX || open.runs().size() > RUNS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "an incident names at most " + AGENTS_MAX + " agents and " + RUNS_MAX + " runs");
    }
    open.runs().forEach(run -> checkId("a run", run));
    for (Concern concern : agents) {
      if (state.history("Agent", concern.agent()).isEmpty()) {
        throw matter.notFound("Agent", concern.agent(), matter.names("Agent"));
      }
      if (concern.environment().length() > ID_CHARACTERS_MAX) {
        throw invalid("an environment has at most " + ID_CHARACTERS_MAX + " characters");
      }
    }
  }

  private static void checkId(String what, String id) {
    if (id.isBlank() || id.length() > ID_CHARACTERS_MAX) {
      throw invalid(what + " has an id of 1 to " + ID_CHARACTERS_MAX + " characters");
    }
  }

  private Optional<DriftAlarm> cause(String id) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        state
            .baselines()
            .alarm(id)
            .orElseThrow(() ->
                matter.notFound(
                    "alarm of drift",
                    id,
                    state.baselines().alarms().stream().map(DriftAlarm::id).toList())));
  }

  private Instant began(Command.OpenIncident open, Optional<DriftAlarm> cause) {
    Instant began = open.began().or(() -> cause.map(DriftAlarm::began)).orElse(matter.now());
    if (began.isAfter(matter.now())) {
      throw invalid("an incident cannot begin later than now, and " + began + " is");
    }
    return began;
  }

  /// What is held already stays held as it is.
  private void hold(String name, LegalHold.Subject subject, String subjectId, Digest reason) {
    if (state.held(subject, subjectId)) {
      return;
    }
    String id = "incident-" + name;
    if (state.legalHold(id).isPresent()) {
      throw Releasing.conflict("hold " + id + " exists already");
    }
    matter
        .decided()
        .add(new Event.HoldPlaced(id, subject.name().toLowerCase(Locale.ROOT), subjectId, reason));
  }

  private String person(String name) {
    return state
        .person(name)
        .map(Person::id)
        .orElseThrow(() -> matter.notFound("Person", name, matter.names("Person")));
  }

  private Incident incident(String id) {
    return state
        .incidents()
        .find(id)
        .orElseThrow(() ->
            matter.notFound(
                "incident", id, state.incidents().all().stream().map(Incident::id).toList()));
  }

  /// One that names no agent is for whoever operates any.
  private void need(Iterable<Concern> agents) {
    matter.needAnywhere(Permission.OPERATE);
    for (Concern concern : agents) {
      matter.need(
          Permission.OPERATE,
          Target.agent(concern.agent(), state.team(concern.agent()), concern.environment()));
    }
  }

  private static List<String> distinct(List<String> runs) {
    return runs.stream().distinct().toList();
  }

  private static ApiException invalid(String message) {
    return new ApiException(ErrorCode.INVALID, message);
  }
}
