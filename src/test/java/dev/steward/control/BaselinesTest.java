// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.command.Command;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents' runs are compared with and what differs from it, as control has it.
class BaselinesTest {
  private static final Instant FROM = ControlFixture.START.minus(Duration.ofDays(7));
  private static final Instant TO = ControlFixture.START.minus(Duration.ofDays(1));
  private static final Instant BEGAN = ControlFixture.START.minus(Duration.ofHours(3));

  @TempDir private Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aBaselineIsKeptWholeAndFrozen() {
    learn("lookup", "{\"success\":0.85}");
    State first = fixture.state();
    FrozenBaseline baseline = first.baselines().of("lookup", "staging").orElseThrow();

    assertThat(baseline)
        .isEqualTo(
            new FrozenBaseline(
                "lookup",
                "staging",
                "undeclared",
                500,
                FROM,
                TO,
                first.at(),
                Digest.of("{\"success\":0.85}")));
    assertThat(first.record(baseline.record())).isEqualTo("{\"success\":0.85}");
    assertThat(first.baselines().of("lookup", "production")).isEmpty();
    assertThat(first.baselines().of("refunds", "staging")).isEmpty();

    learn("lookup", "{\"success\":0.91}");
    assertThat(fixture.state()).isEqualTo(first);
  }

  @Test
  void onlyTheServerLearnsAndFindsAndOnlyOfAgentsThatThereAre() {
    assertThatThrownBy(() -> fixture.control().submit(learning("lookup", "{}"), Actor.token("t")))
        .isInstanceOf(ApiException.class)
        .hasMessage("only the server learns baselines");
    assertThatThrownBy(() -> fixture.control().submit(telling("d", "up"), Actor.token("t")))
        .hasMessage("only the server finds drift");
    assertThatThrownBy(() -> learn("lokup", "{}"))
        .hasMessageContaining("no Agent 'lokup'")
        .hasMessageContaining("lookup");
    assertThatThrownBy(() -> telling("d", "sideways")).hasMessageContaining("up or down");
  }

  @Test
  void anAlarmIsRaisedOnceOnABaseline() {
    tell("before", "up");
    assertThat(fixture.state().baselines().alarms()).isEmpty();

    learn("lookup", "{}");
    tell("first", "up");
    tell("again", "up");
    tell("other", "down");
    assertThat(fixture.state().baselines().alarms())
        .extracting(DriftAlarm::id)
        .containsExactly("first", "other");
    DriftAlarm alarm = alarm("first");
    assertThat(alarm.open()).isTrue();
    assertThat(alarm.began()).isEqualTo(BEGAN);
    assertThat(alarm.runs()).isEqualTo(700);
    assertThat(alarm.why()).isEqualTo("91.2 % of 700 runs against 85 %");
    assertThat(fixture.state().record(alarm.record())).isEqualTo("{\"e\":21.5}");

    fixture.submit(new Command.CloseDrift("first", "a new season"));
    tell("anew", "up");
    assertThat(fixture.state().baselines().alarms()).hasSize(2);
    DriftAlarm.Closing closing = Objects.requireNonNull(alarm("first").closing());
    assertThat(fixture.state().text(closing.reason())).contains("a new season");
    assertThat(closing.by()).isEqualTo(Actor.SYSTEM);
    assertThat(alarm("other").open()).isTrue();
  }

  @Test
  void lettingABaselineGoEndsItsAlarmsAndLearnsAnew() {
    learn("lookup", "{}");
    learn("refunds", "{}");
    tell("mine", "up");
    fixture.submit(
        new Command.TellDrift(
            "other", "refunds", "staging", "success", "up", 9, BEGAN, "why", "{}"));
    fixture.submit(new Command.CloseDrift("mine", "known"));
    tell("later", "down");
    DriftAlarm.Closing known = Objects.requireNonNull(alarm("mine").closing());

    fixture.submit(new Command.RelearnBaseline("lookup", "staging", "the product has changed"));

    Instant at = fixture.state().at();
    assertThat(fixture.state().baselines().of("lookup", "staging")).isEmpty();
    assertThat(fixture.state().baselines().relearnFrom("lookup", "staging")).contains(at);
    assertThat(fixture.state().baselines().relearnFrom("refunds", "staging")).isEmpty();
    assertThat(alarm("mine").closing()).isEqualTo(known);
    DriftAlarm.Closing closing = Objects.requireNonNull(alarm("later").closing());
    assertThat(closing.at()).isEqualTo(at);
    assertThat(fixture.state().text(closing.reason())).contains("the product has changed");
    assertThat(alarm("other").open()).isTrue();

    learn("lookup", "{\"success\":0.85}");
    assertThat(fixture.state().baselines().of("lookup", "staging")).isEmpty();
    Instant since = at.plusSeconds(1);
    fixture.submit(
        new Command.LearnBaseline("lookup", "staging", "undeclared", 500, since, since, "{}"));
    assertThat(fixture.state().baselines().relearnFrom("lookup", "staging")).isEmpty();
    tell("anew", "up");
    assertThat(alarm("anew").open()).isTrue();
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheCause() {
    refused(
        ErrorCode.CONFLICT,
        new Command.RelearnBaseline("lookup", "staging", "r"),
        "no baseline of lookup is in force in 'staging'");
    refused(ErrorCode.NOT_FOUND, new Command.RelearnBaseline("look", "staging", "r"), "no Agent");
    refused(ErrorCode.NOT_FOUND, new Command.CloseDrift("d", "r"), "no alarm of drift 'd'");
    learn("lookup", "{}");
    tell("d", "up");
    refused(ErrorCode.INVALID, new Command.RelearnBaseline("lookup", "staging", " "), "a reason");
    refused(ErrorCode.INVALID, new Command.CloseDrift("d", ""), "a reason");
    refused(ErrorCode.CONFLICT, telling("d", "down"), "alarm d exists already");
    fixture.submit(new Command.CloseDrift("d", "seen"));
    refused(ErrorCode.CONFLICT, new Command.CloseDrift("d", "seen"), "closed already");
  }

  @Test
  void peopleNeedToOperateTheAgentThere() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: erik@example.com}
        spec: {grants: [{role: operator, agents: [lookup], environments: [staging]}]}
        ---
        apiVersion: steward/v1
        kind: Person
        metadata: {name: fay@example.com}
        spec: {grants: [{role: operator, agents: [refunds]}, {role: developer}]}
        """);
    learn("lookup", "{}");
    tell("d", "up");
    Actor erik = person("erik@example.com");
    Actor fay = person("fay@example.com");

    Command close = new Command.CloseDrift("d", "seen");
    Command relearn = new Command.RelearnBaseline("lookup", "staging", "changed");
    for (Command command : new Command[] {close, relearn}) {
      assertThatThrownBy(() -> fixture.control().submit(command, fay))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("OPERATE");
    }
    fixture.control().submit(close, erik);
    assertThat(Objects.requireNonNull(alarm("d").closing()).by()).isEqualTo(erik);
    fixture.control().submit(relearn, erik);
    assertThat(fixture.state().baselines().of("lookup", "staging")).isEmpty();
  }

  @Test
  void anAgentThatIsDeletedLosesItsBaselinesAndAlarms() {
    learn("lookup", "{}");
    tell("d", "up");

    fixture.submit(new Command.DeleteResource("Agent", "lookup"));

    assertThat(fixture.state().baselines().of("lookup", "staging")).isEmpty();
    assertThat(alarm("d").open()).isFalse();
    fixture.apply(Yaml.agent("lookup"));
    assertThat(fixture.state().baselines().relearnFrom("lookup", "staging")).isPresent();
  }

  @Test
  void staysAsItIsOverARestartAndInASnapshot() {
    learn("lookup", "{}");
    tell("open", "up");
    tell("closed", "down");
    fixture.submit(new Command.CloseDrift("closed", "seen"));
    learn("refunds", "{}");
    fixture.submit(new Command.RelearnBaseline("refunds", "staging", "changed"));
    State before = fixture.state();
    byte[] snapshot = SnapshotCodec.write(before);

    assertThat(read(snapshot)).isEqualTo(before);
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);
    tell("again", "down");
    assertThat(fixture.state()).isEqualTo(before);
  }

  @Test
  void aSnapshotFromBeforeThereWereBaselinesOpens() {
    String written = new String(SnapshotCodec.write(fixture.state()), StandardCharsets.UTF_8);
    String old = written.replaceFirst(",\"baselines\":\\{[^}]*}", "");

    assertThat(old).isNotEqualTo(written);
    assertThat(read(old.getBytes(StandardCharsets.UTF_8))).isEqualTo(fixture.state());
  }

  private State read(byte[] snapshot) {
    return SnapshotCodec.read(
        snapshot, new dev.steward.control.shelf.Shelf(fixture.ledger::blob, fixture.people));
  }

  private void refused(ErrorCode code, Command command, String words) {
    assertThatThrownBy(() -> fixture.submit(command))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name).orElseThrow().id());
  }

  private DriftAlarm alarm(String id) {
    return fixture.state().baselines().alarm(id).orElseThrow();
  }

  private void learn(String agent, String record) {
    fixture.submit(learning(agent, record));
  }

  private static Command learning(String agent, String record) {
    return new Command.LearnBaseline(agent, "staging", "undeclared", 500, FROM, TO, record);
  }

  private void tell(String id, String direction) {
    fixture.submit(telling(id, direction));
  }

  private static Command telling(String id, String direction) {
    return new Command.TellDrift(
        id,
        "lookup",
        "staging",
        "outcome approved",
        direction,
        700,
        BEGAN,
        "91.2 % of 700 runs against 85 %",
        "{\"e\":21.5}");
  }
}
