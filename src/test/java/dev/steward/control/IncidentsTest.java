// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What went wrong and how far it is dealt with, as control has it.
class IncidentsTest {
  private static final Instant BEGAN = ControlFixture.START.minus(Duration.ofHours(3));
  private static final Concern LOOKUP = new Concern("lookup", "staging");
  private static final Concern REFUNDS = new Concern("refunds", "staging");
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: erik@example.com}
      spec: {displayName: Erik Berg, grants: [{role: operator, agents: [lookup]}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: fay@example.com}
      spec: {grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: gil@example.com}
      spec: {grants: [{role: developer}]}
      """;

  @TempDir private Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup"), PEOPLE));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anIncidentIsOpenedWithWhatIsKnownAndHoldsItsEvidence() {
    Actor fay = person("fay@example.com");
    fixture.control().submit(opening("i-1", List.of(REFUNDS), List.of("r-1", "r-2", "r-1")), fay);

    State now = fixture.state();
    Incident incident = incident("i-1");
    assertThat(now.text(incident.title())).contains("Refunds go out twice");
    assertThat(now.text(incident.reason())).contains("two customers called");
    assertThat(incident.severity()).isEqualTo(Severity.MAJOR);
    assertThat(incident.status()).isEqualTo(IncidentStatus.OPEN);
    assertThat(incident.commander()).isEmpty();
    assertThat(incident.agents()).containsExactly(REFUNDS);
    assertThat(incident.runs()).containsExactly("r-1", "r-2");
    assertThat(incident.began()).isEqualTo(BEGAN);
    assertThat(incident.openedAt()).isEqualTo(now.at());
    assertThat(incident.openedBy()).isEqualTo(fay);
    assertThat(incident.detection()).isEqualTo(Duration.between(BEGAN, now.at()));
    assertThat(now.held(LegalHold.Subject.INCIDENT, "i-1")).isTrue();
    assertThat(now.held(LegalHold.Subject.RUN, "r-1")).isTrue();
    assertThat(now.held(LegalHold.Subject.RUN, "r-2")).isTrue();
    assertThat(now.legalHolds()).hasSize(3).allMatch(hold -> hold.placedBy().equals(fay));
  }

  @Test
  void holdsThatStandStayAndOutliveTheIncident() {
    fixture.submit(new Command.PlaceHold("h-1", LegalHold.Subject.RUN, "r-1", "a claim"));
    LegalHold stood = fixture.state().legalHold("h-1").orElseThrow();
    fixture.submit(opening("i-1", List.of(LOOKUP), List.of("r-1", "r-2")));

    assertThat(fixture.state().legalHolds()).hasSize(3).contains(stood);
    move("i-1", IncidentStatus.RESOLVED);
    assertThat(fixture.state().legalHolds()).hasSize(3);
  }

  @Test
  void anAlarmGivesItsAgentAndItsBeginning() {
    fixture.submit(
        new Command.LearnBaseline("lookup", "staging", "undeclared", 500, BEGAN, BEGAN, "{}"));
    fixture.submit(
        new Command.TellDrift("d-1", "lookup", "staging", "success", "up", 9, BEGAN, "why", "{}"));
    fixture.submit(
        new Command.OpenIncident(
            "i-1", "Drift", Severity.MINOR, List.of(), List.of(), "d-1", Optional.empty(), "seen"));
    assertThat(incident("i-1").agents()).containsExactly(LOOKUP);
    assertThat(incident("i-1").began()).isEqualTo(BEGAN);
    assertThat(incident("i-1").cause()).isEqualTo("d-1");

    Concern everywhere = new Concern("lookup", "");
    fixture.submit(
        new Command.OpenIncident(
            "i-2",
            "Drift",
            Severity.MINOR,
            List.of(everywhere),
            List.of(),
            "d-1",
            Optional.empty(),
            "seen"));
    assertThat(incident("i-2").agents()).containsExactly(everywhere);

    fixture.submit(
        new Command.OpenIncident(
            "i-3", "None", Severity.MINOR, List.of(), List.of(), "", Optional.empty(), "seen"));
    assertThat(incident("i-3").detection()).isZero();
    assertThat(incident("i-3").agents()).isEmpty();
  }

  @Test
  void whatChangesIsToldByPeopleAndMeasured() {
    fixture.submit(opening("i-1", List.of(LOOKUP), List.of()));
    Instant opened = incident("i-1").openedAt();
    change("i-1", Optional.of(Severity.CRITICAL), Optional.of("erik@example.com"));
    assertThat(incident("i-1").severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident("i-1").commander()).isEqualTo(person("erik@example.com").id());

    move("i-1", IncidentStatus.CONTAINED);
    Duration first = incident("i-1").containment().orElseThrow();
    assertThat(first).isEqualTo(Duration.between(opened, fixture.state().at()));
    move("i-1", IncidentStatus.OPEN);
    assertThat(incident("i-1").containment()).isEmpty();
    move("i-1", IncidentStatus.CONTAINED);
    assertThat(incident("i-1").containment().orElseThrow()).isGreaterThan(first);
    assertThat(incident("i-1").resolution()).isEmpty();
    move("i-1", IncidentStatus.RESOLVED);
    Duration resolution = incident("i-1").resolution().orElseThrow();
    assertThat(resolution).isEqualTo(Duration.between(opened, fixture.state().at()));
    assertThat(resolution).isGreaterThan(incident("i-1").containment().orElseThrow());
    assertThat(fixture.state().incidents().open()).isEmpty();
    assertThat(incident("i-1").severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void notesAreAddedAlsoAfterItIsResolved() {
    fixture.submit(opening("i-1", List.of(LOOKUP), List.of()));
    Actor erik = person("erik@example.com");
    fixture.control().submit(new Command.NoteIncident("i-1", "the feed was stale"), erik);
    move("i-1", IncidentStatus.RESOLVED);
    fixture.submit(new Command.NoteIncident("i-1", "it was the cache"));

    List<Incident.Note> notes = incident("i-1").notes();
    assertThat(notes)
        .extracting(note -> fixture.state().text(note.text()).orElseThrow())
        .containsExactly("the feed was stale", "it was the cache");
    assertThat(notes).extracting(Incident.Note::by).containsExactly(erik, Actor.SYSTEM);
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheCause() {
    refused(
        ErrorCode.NOT_FOUND, opening("i", List.of(new Concern("lokup", "")), List.of()), "lookup");
    refused(ErrorCode.NOT_FOUND, new Command.NoteIncident("i", "x"), "no incident 'i'");
    refused(ErrorCode.INVALID, opening("i", List.of(), List.of(" ")), "a run has an id");
    refused(
        ErrorCode.TOO_LARGE, opening("i", List.of(), Collections.nCopies(101, "r")), "100 runs");
    refused(
        ErrorCode.NOT_FOUND,
        new Command.OpenIncident(
            "i", "t", Severity.MINOR, List.of(), List.of(), "d", Optional.empty(), "r"),
        "no alarm of drift 'd'");
    refused(
        ErrorCode.INVALID,
        new Command.OpenIncident(
            "i", "two\nlines", Severity.MINOR, List.of(), List.of(), "", Optional.empty(), "r"),
        "one line");
    Instant later = ControlFixture.START.plus(Duration.ofDays(1));
    refused(
        ErrorCode.INVALID,
        new Command.OpenIncident(
            "i", "t", Severity.MINOR, List.of(), List.of(), "", Optional.of(later), "r"),
        "later than now");
    assertThat(fixture.state().legalHolds()).isEmpty();

    fixture.submit(opening("i", List.of(LOOKUP), List.of()));
    refused(ErrorCode.CONFLICT, opening("i", List.of(LOOKUP), List.of()), "exists already");
    refused(ErrorCode.INVALID, new Command.NoteIncident("i", " "), "a note needs");
    refused(ErrorCode.CONFLICT, changing("i", IncidentStatus.OPEN), "stands so already");
    refused(ErrorCode.FORBIDDEN, changing("i", IncidentStatus.RESOLVED), "only people");
    refused(
        ErrorCode.NOT_FOUND,
        new Command.ChangeIncident(
            "i", Optional.empty(), Optional.of("nobody"), Optional.empty(), "r"),
        "no Person 'nobody'");
    move("i", IncidentStatus.RESOLVED);
    assertThatThrownBy(() -> move("i", IncidentStatus.OPEN)).hasMessageContaining("open another");
  }

  @Test
  void peopleNeedToOperateEveryAgentOfIt() {
    Actor erik = person("erik@example.com");
    Actor gil = person("gil@example.com");
    Command both = opening("i-1", List.of(LOOKUP, REFUNDS), List.of());
    forbidden(both, erik);
    forbidden(opening("i-1", List.of(), List.of()), gil);
    fixture.control().submit(opening("i-0", List.of(), List.of()), erik);
    fixture.control().submit(both, person("fay@example.com"));
    forbidden(new Command.NoteIncident("i-1", "x"), erik);
    forbidden(changing("i-1", IncidentStatus.CONTAINED), erik);

    fixture.control().submit(opening("i-2", List.of(LOOKUP), List.of()), erik);
    fixture.control().submit(changing("i-2", IncidentStatus.CONTAINED), erik);
    forbidden(new Command.NoteIncident("i-2", "x"), gil);
  }

  @Test
  void staysAsItIsOverARestartAndInASnapshot() {
    fixture.submit(opening("i-1", List.of(LOOKUP), List.of("r-1")));
    fixture.submit(opening("i-2", List.of(REFUNDS), List.of()));
    fixture.submit(new Command.NoteIncident("i-1", "the feed was stale"));
    change("i-1", Optional.of(Severity.MINOR), Optional.of("erik@example.com"));
    move("i-2", IncidentStatus.RESOLVED);
    State before = fixture.state();

    assertThat(read(SnapshotCodec.write(before))).isEqualTo(before);
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);
    fixture.submit(new Command.DeleteResource("Agent", "lookup"));
    assertThat(incident("i-1").open()).isTrue();
  }

  @Test
  void aSnapshotFromBeforeThereWereIncidentsOpens() {
    String written = new String(SnapshotCodec.write(fixture.state()), StandardCharsets.UTF_8);
    String old = written.replace(",\"incidents\":[]", "");

    assertThat(old).isNotEqualTo(written);
    assertThat(read(old.getBytes(StandardCharsets.UTF_8))).isEqualTo(fixture.state());
  }

  private State read(byte[] snapshot) {
    return SnapshotCodec.read(snapshot, new Shelf(fixture.ledger::blob, fixture.people));
  }

  private void refused(ErrorCode code, Command command, String words) {
    assertThatThrownBy(() -> fixture.submit(command))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private void forbidden(Command command, Actor actor) {
    assertThatThrownBy(() -> fixture.control().submit(command, actor))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("OPERATE");
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name).orElseThrow().id());
  }

  private Incident incident(String id) {
    return Objects.requireNonNull(fixture.state().incidents().find(id).orElse(null));
  }

  private static Command opening(String id, List<Concern> agents, List<String> runs) {
    return new Command.OpenIncident(
        id,
        " Refunds go out twice ",
        Severity.MAJOR,
        agents,
        runs,
        "",
        Optional.of(BEGAN),
        "two customers called");
  }

  private static Command changing(String id, IncidentStatus status) {
    return new Command.ChangeIncident(
        id, Optional.empty(), Optional.empty(), Optional.of(status), "it is so");
  }

  private void move(String id, IncidentStatus status) {
    fixture.control().submit(changing(id, status), person("fay@example.com"));
  }

  private void change(String id, Optional<Severity> severity, Optional<String> commander) {
    fixture.submit(
        new Command.ChangeIncident(id, severity, commander, Optional.empty(), "more is known"));
  }
}
