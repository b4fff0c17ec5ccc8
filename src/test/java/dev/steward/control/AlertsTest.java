// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.alert.Alerts;
import dev.steward.control.alert.Firing;
import dev.steward.control.alert.NextNotice;
import dev.steward.control.alert.Stage;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts and silences, as control has them.
class AlertsTest {
  private static final Concern LOOKUP = new Concern("lookup", "staging");
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
      kind: Channel
      metadata: {name: on-call}
      spec: {type: webhook, url: "https://example.com/hook"}
      ---
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: managers}
      spec: {type: webhook, url: "https://example.com/managers"}
      """;
  private static final String RULE =
      """
      apiVersion: steward/v1
      kind: AlertRule
      metadata: {name: trouble}
      spec:
        findings: {kinds: [failing, silent], severity: warning}
        routes: [on-call]
        wait: 5m
        repeat: 4h
        escalate: {after: 30m, routes: [managers, gone]}
      """;

  @TempDir private Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup"), PEOPLE, RULE));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anAlertIsRaisedOnceWhileItIsOpen() {
    raise("a-1", Level.WARNING, LOOKUP);
    raise("a-2", Level.WARNING, LOOKUP);

    Alert alert = alert("a-1");
    assertThat(fixture.state().alerts().all()).containsExactly(alert);
    assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(fixture.state().text(alert.title())).contains("lookup fails");
    assertThat(alert.agents()).containsExactly(LOOKUP);
    assertThat(
            new String(
                fixture.ledger.read(fixture.ledger.size() - 1, 1).getFirst(),
                StandardCharsets.UTF_8))
        .as("its words lie beside the ledger")
        .doesNotContain("lookup fails");

    fixture.submit(new Command.ResolveAlert("a-1", "gone"));
    raise("a-2", Level.WARNING, LOOKUP);
    assertThat(fixture.state().alerts().open()).extracting(Alert::id).containsExactly("a-2");
  }

  @Test
  void noMoreAreOpenAtOnceThanThereMayBe() {
    for (int i = 0; i < Alerts.OPEN_MAX; i++) {
      raise("a-" + i, "stranger-" + i, Level.WARNING, LOOKUP);
    }
    assertThatThrownBy(() -> raise("another", Level.WARNING, LOOKUP))
        .hasMessageContaining("2000 alerts open");
    fixture.submit(new Command.ResolveAlert("a-7", "gone"));
    raise("another", Level.WARNING, LOOKUP);
    assertThat(alert("another").open()).isTrue();
  }

  @Test
  void whatIsNextFollowsFromTheRuleUntilSomebodyAnswers() {
    raise("a-1", Level.WARNING, LOOKUP);
    Instant raised = alert("a-1").raisedAt();
    assertThat(next())
        .contains(new NextNotice(minutes(raised, 5), Stage.FIRST, List.of("on-call")));

    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    assertThat(alert("a-1").told()).as("it is not due").isEmpty();
    fixture.pass(Duration.ofMinutes(5));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    assertThat(alert("a-1").told()).hasSize(1);
    Instant told = alert("a-1").told().getFirst().at();
    assertThat(next())
        .contains(new NextNotice(minutes(told, 30), Stage.ESCALATION, List.of("managers", "gone")));

    fixture.pass(Duration.ofMinutes(30));
    fixture.submit(new Command.TellAlert("a-1", Stage.ESCALATION));
    assertThat(alert("a-1").told().getLast().channels())
        .as("a channel that is not declared is told nothing")
        .containsExactly("managers");
    assertThat(next().orElseThrow().stage()).isEqualTo(Stage.REPEAT);

    Actor erik = person("erik@example.com");
    fixture.control().submit(new Command.AcknowledgeAlert("a-1", "I look"), erik);
    assertThat(alert("a-1").status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
    assertThat(Objects.requireNonNull(alert("a-1").answer()).by()).isEqualTo(erik);
    assertThat(next()).isEmpty();
    assertThatThrownBy(() -> fixture.submit(new Command.AcknowledgeAlert("a-1", "me too")))
        .hasMessageContaining("acknowledged already, by Erik Berg");
  }

  @Test
  void whatGetsWorseIsToldAnewThoughItWasAcknowledged() {
    raise("a-1", Level.WARNING, LOOKUP);
    fixture.pass(Duration.ofMinutes(5));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    fixture.submit(new Command.AcknowledgeAlert("a-1", "I look"));
    fixture.submit(new Command.ChangeAlert("a-1", firing(Level.WARNING, LOOKUP)));
    assertThat(alert("a-1").status()).isEqualTo(AlertStatus.ACKNOWLEDGED);

    fixture.submit(new Command.ChangeAlert("a-1", firing(Level.CRITICAL, LOOKUP)));
    assertThat(alert("a-1").status()).isEqualTo(AlertStatus.FIRING);
    assertThat(next().orElseThrow().stage()).isEqualTo(Stage.WORSE);
    fixture.submit(new Command.TellAlert("a-1", Stage.WORSE));
    assertThat(next().orElseThrow().stage()).isEqualTo(Stage.ESCALATION);
    assertThat(next().orElseThrow().at())
        .as("counted from what was told now")
        .isEqualTo(minutes(alert("a-1").told().getLast().at(), 30));
  }

  @Test
  void aLevelThatComesAndGoesIsToldOnceAndStaysAcknowledged() {
    raise("a-1", Level.WARNING, LOOKUP);
    fixture.pass(Duration.ofMinutes(5));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    fixture.submit(new Command.ChangeAlert("a-1", firing(Level.CRITICAL, LOOKUP)));
    fixture.submit(new Command.TellAlert("a-1", Stage.WORSE));
    fixture.submit(new Command.AcknowledgeAlert("a-1", "I look"));
    for (int i = 0; i < 3; i++) {
      fixture.submit(new Command.ChangeAlert("a-1", firing(Level.WARNING, LOOKUP)));
      fixture.submit(new Command.ChangeAlert("a-1", firing(Level.CRITICAL, LOOKUP)));
      assertThat(next()).isEmpty();
    }
    assertThat(alert("a-1").status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
    assertThat(alert("a-1").told()).hasSize(2);
  }

  @Test
  void whoTookOnTheWorstHasHeardOfItThoughNobodyWasTold() {
    raise("a-1", Level.CRITICAL, LOOKUP);
    fixture.submit(new Command.AcknowledgeAlert("a-1", "I look"));
    fixture.submit(new Command.ChangeAlert("a-1", firing(Level.WARNING, LOOKUP)));
    fixture.submit(new Command.ChangeAlert("a-1", firing(Level.CRITICAL, LOOKUP)));
    assertThat(alert("a-1").status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
  }

  @Test
  void aSilenceHidesUntilItsTimeAndWhatItHidIsToldThen() {
    raise("a-1", Level.WARNING, LOOKUP);
    Instant until = fixture.state().at().plus(Duration.ofHours(2));
    silence("s-1", "", "lookup", "", until);
    assertThat(next()).contains(new NextNotice(until, Stage.FIRST, List.of("on-call")));
    fixture.pass(Duration.ofHours(1));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    assertThat(alert("a-1").told()).isEmpty();
    assertThat(alert("a-1").open()).as("it is shown all the same").isTrue();

    fixture.pass(Duration.ofHours(1));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    assertThat(alert("a-1").told()).hasSize(1);
    assertThatThrownBy(() -> fixture.submit(new Command.LiftSilence("s-1", "early")))
        .hasMessageContaining("ended at " + until);
  }

  @Test
  void aSilenceHoldsForWhatItNamesAloneAndCanBeLifted() {
    raise("a-1", Level.WARNING, LOOKUP, new Concern("refunds", "staging"));
    Instant until = fixture.state().at().plus(Duration.ofHours(2));
    silence("s-1", "", "lookup", "", until);
    assertThat(next().orElseThrow().at()).as("it is about refunds too").isBefore(until);
    silence("s-2", "trouble", "", "staging", until);
    assertThat(next().orElseThrow().at()).isEqualTo(until);
    fixture.submit(new Command.LiftSilence("s-2", "over"));
    assertThat(next().orElseThrow().at()).isBefore(until);
    assertThat(fixture.state().alerts().silences()).hasSize(1);
  }

  @Test
  void silencesThatAreOverMakeRoomForOthers() {
    Instant soon = fixture.state().at().plus(Duration.ofHours(1));
    for (int i = 0; i < 1_000; i++) {
      silence("s-" + i, "", "lookup", "", soon);
    }
    assertThatThrownBy(() -> silence("another", "", "lookup", "", soon))
        .hasMessageContaining("1000 silences in force");
    fixture.pass(Duration.ofHours(1));
    silence("another", "", "lookup", "", soon.plus(Duration.ofHours(1)));
    assertThat(fixture.state().alerts().silencing(fixture.state().at())).isEqualTo(1);
  }

  @Test
  void anEscalationIsMadeOnceHoweverOftenItIsRepeatedAndItsRoutesAreToldOfTheEnd() {
    raise("a-1", Level.WARNING, LOOKUP);
    fixture.pass(Duration.ofMinutes(5));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    fixture.pass(Duration.ofMinutes(30));
    fixture.submit(new Command.TellAlert("a-1", Stage.ESCALATION));
    for (int i = 0; i < 150; i++) {
      fixture.pass(Duration.ofHours(4));
      assertThat(next().orElseThrow().stage()).isEqualTo(Stage.REPEAT);
      fixture.submit(new Command.TellAlert("a-1", Stage.REPEAT));
    }

    assertThat(alert("a-1").told()).hasSize(100);
    assertThat(alert("a-1").told(Stage.FIRST)).isPresent();
    assertThat(alert("a-1").toldChannels()).containsExactly("on-call", "managers");
  }

  @Test
  void whatIsNoSilenceIsRefusedWithTheReason() {
    Instant soon = fixture.state().at().plus(Duration.ofHours(1));
    assertThatThrownBy(() -> silence("s", "", "", "", soon)).hasMessageContaining("hides all");
    assertThatThrownBy(() -> silence("s", "truble", "", "", soon))
        .hasMessageContaining("Did you mean trouble?");
    assertThatThrownBy(() -> silence("s", "", "lokup", "", soon))
        .hasMessageContaining("Did you mean lookup?");
    assertThatThrownBy(() -> silence("s", "trouble", "", "", soon.minus(Duration.ofHours(2))))
        .hasMessageContaining("ends later than now");
    assertThatThrownBy(() -> silence("s", "trouble", "", "", soon.plus(Duration.ofDays(91))))
        .hasMessageContaining("at most 90 days");
  }

  @Test
  void onlyWhoOperatesTheAgentsAnswersAndOnlyTheServerRaises() {
    raise("a-1", Level.WARNING, LOOKUP);
    raise("a-2", "refunds", Level.WARNING, new Concern("refunds", "staging"));
    raise("a-3", "server", Level.WARNING);
    Actor erik = person("erik@example.com");
    Actor fay = person("fay@example.com");
    Instant soon = fixture.state().at().plus(Duration.ofHours(1));

    fixture.control().submit(new Command.AcknowledgeAlert("a-1", "I look"), erik);
    refused(new Command.AcknowledgeAlert("a-2", "I look"), erik);
    refused(new Command.AcknowledgeAlert("a-3", "I look"), erik);
    fixture.control().submit(new Command.AcknowledgeAlert("a-3", "I look"), fay);
    fixture
        .control()
        .submit(new Command.SilenceAlerts("s-1", "", "lookup", "", soon, "a visit"), erik);
    refused(new Command.SilenceAlerts("s-2", "trouble", "", "", soon, "a visit"), erik);
    refused(new Command.SilenceAlerts("s-2", "", "", "staging", soon, "a visit"), erik);
    refused(new Command.RaiseAlert("x", "trouble", "x", firing(Level.NOTE), soon), fay);
    refused(new Command.TellAlert("a-2", Stage.FIRST), fay);
    refused(new Command.ResolveAlert("a-2", "no"), fay);
  }

  @Test
  void alertsAndSilencesOutliveASnapshotAndARestart() {
    raise("a-1", Level.WARNING, LOOKUP);
    fixture.pass(Duration.ofMinutes(5));
    fixture.submit(new Command.TellAlert("a-1", Stage.FIRST));
    fixture.submit(new Command.AcknowledgeAlert("a-1", "I look"));
    silence("s-1", "trouble", "", "", fixture.state().at().plus(Duration.ofHours(1)));
    State state = fixture.state();

    State read =
        SnapshotCodec.read(
            SnapshotCodec.write(state), new Shelf(fixture.ledger::blob, fixture.people));
    assertThat(read.alerts()).isEqualTo(state.alerts());
    assertThat(fixture.restart().state().alerts()).isEqualTo(state.alerts());
  }

  private Optional<NextNotice> next() {
    State state = fixture.state();
    return NextNotice.of(
        state.find(AlertRule.class, "trouble").orElseThrow(),
        alert("a-1"),
        state.alerts(),
        state.at());
  }

  private void silence(String id, String rule, String agent, String environment, Instant until) {
    fixture.submit(
        new Command.SilenceAlerts(id, rule, agent, environment, until, "a planned visit"));
  }

  private void raise(String id, Level level, Concern... about) {
    raise(id, "lookup", level, about);
  }

  private void raise(String id, String group, Level level, Concern... about) {
    fixture.submit(
        new Command.RaiseAlert(id, "trouble", group, firing(level, about), ControlFixture.START));
  }

  private static Firing firing(Level level, Concern... about) {
    return new Firing(
        level, List.of(about), List.of("failing/lookup"), "lookup fails", "9 of 10 runs");
  }

  private Alert alert(String id) {
    return fixture.state().alerts().find(id).orElseThrow();
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name).orElseThrow().id());
  }

  private void refused(Command command, Actor actor) {
    assertThatThrownBy(() -> fixture.control().submit(command, actor))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  private static Instant minutes(Instant from, int minutes) {
    return from.plus(Duration.ofMinutes(minutes));
  }
}
