// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Severity;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.Gate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What ends an incident's harm is done from its page, and stands in its timeline.
class ContainmentTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String PAGE = "/incidents/i-1";

  /// May say how the incident stands, and nothing else.
  private static final Reader TELLER =
      new Reader(
          Actor.person("p-tell"),
          "Tell",
          (permission, _) -> permission == Permission.READ || permission == Permission.OPERATE);

  private Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private Reader dana = TELLER;

  @BeforeEach
  void declare() {
    stage.control.apply(
        Yaml.documents(
            Yaml.DANA.replace("{role: developer, teams: [support]}", "{role: admin}"),
            version(1),
            Yaml.agent("writer")));
    String id = stage.control.state().person("dana@example.com").orElseThrow().id();
    dana = new Reader(Actor.person(id), "Dana", (_, _) -> true);
    open("staging");
  }

  @Test
  void theAgentIsStoppedAndRestoredFromItsPage() {
    assertThat(stage.html(PAGE, dana))
        .contains("Contain it", "lookup in staging", "Stop lookup…")
        .contains("and refuse new calls?");
    String after =
        post("kill", Map.of("selector", "agent=lookup,environment=staging", "reason", "it pays"));
    assertThat(after).contains("Killed ", "Restore lookup…", "it pays").doesNotContain("Stop look");
    String kill = stage.control.state().kills().all().iterator().next().id();
    assertThat(post("restore", Map.of("id", kill, "reason", "mended"))).contains("Restored ");
    assertThat(stage.control.state().kills().all()).isEmpty();
  }

  @Test
  void oneClickRollsItBack() {
    release("r-1");
    String first = inForce();
    stage.control.apply(version(2));
    release("r-2");

    assertThat(stage.html(PAGE, dana))
        .contains("Roll lookup in staging back to " + first.substring(0, 12) + "?");
    String after = back(first, "lookup");
    assertThat(after)
        .contains("lookup was rolled back in staging.", "rolled back in staging from ");
    assertThat(inForce()).isEqualTo(first);
    assertThat(stage.control.state().releases().find("r-2").orElseThrow().state())
        .isEqualTo(new ReleaseState.RolledBack());
  }

  @Test
  void itsKeysAreRevokedThereAndNowhereElse() {
    key("k-1", "staging");
    key("k-2", "staging");
    key("k-3", "production");
    assertThat(stage.html(PAGE, dana)).contains("Revoke 2 keys of lookup in staging");
    assertThat(
            post(
                "revoke",
                Map.of("agent", "lookup", "environment", "staging", "reason", "it leaked")))
        .contains("2 keys of lookup in staging revoked.")
        .doesNotContain("Revoke 2 keys");
    assertThat(stage.control.state().agentKeys().stream().filter(AgentKey::active))
        .extracting(AgentKey::id)
        .containsExactly("k-3");
  }

  @Test
  void nothingOfItIsReleasedForADay() {
    Instant now = ControlFixture.START;
    stage = Stage.empty(InstantSource.fixed(now));
    declare();
    String after =
        post("freeze", Map.of("agent", "lookup", "environment", "staging", "reason", "look first"));
    assertThat(after)
        .contains("Nothing of lookup is released until 2026-11-22T08:00:00Z.")
        .doesNotContain("Freeze releases");
    Gate gate = stage.control.state().all(Gate.class).iterator().next();
    assertThat(gate.metadata().name()).isEqualTo("incident-i-1-1");
    assertThat(gate.agents().names()).containsExactly("lookup");
    assertThat(gate.agents().labels()).isEqualTo(Map.of("team", "support"));
    assertThat(gate.requirement())
        .isEqualTo(new Gate.NoFreeze(List.of(new Gate.Freeze(now, now.plus(Duration.ofDays(1))))));
    release("r-1");
    assertThat(stage.control.state().environments("lookup")).doesNotContainKey("staging");
  }

  @Test
  void anAgentThatTheIncidentIsNotAboutIsLeftAlone() {
    key("k-1", "staging");
    assertThat(status("revoke", Map.of("agent", "writer", "environment", "", "reason", "x")))
        .isEqualTo(404);
    assertThat(
            status("revoke", Map.of("agent", "lookup", "environment", "production", "reason", "x")))
        .isEqualTo(404);
    assertThat(status("freeze", Map.of("agent", "writer", "environment", "", "reason", "x")))
        .isEqualTo(404);
  }

  @Test
  void whoMayDoNoneOfItIsOfferedNone() {
    key("k-1", "staging");
    assertThat(stage.html(PAGE, TELLER)).contains("Add a note").doesNotContain("Contain it");
  }

  @Test
  void whatIsOverHasNothingToContain() {
    post("resolved", Map.of("reason", "all was paid back"));
    assertThat(stage.html(PAGE, dana)).doesNotContain("Contain it");
  }

  private static String version(int build) {
    return Yaml.agent("lookup", "version: {code: {build: " + build + "}}")
        .replace("{name: lookup}", "{name: lookup, labels: {team: support}}");
  }

  private void open(String environment) {
    stage.control.submit(
        new Command.OpenIncident(
            "i-1",
            "refunds were paid twice",
            Severity.MAJOR,
            List.of(new Concern("lookup", environment)),
            List.of(),
            "",
            Optional.empty(),
            "customers wrote"));
  }

  private void release(String id) {
    stage.control.submit(
        new Command.StartRelease(
            id, "lookup", "staging", "", Strategy.DIRECT, Map.of(), "a better prompt"));
  }

  private String inForce() {
    return Objects.requireNonNull(stage.control.state().environments("lookup").get("staging"))
        .hex();
  }

  private String back(String version, String agent) {
    return post(
        "rollback",
        Map.of(
            "agent", agent, "environment", "staging", "version", version, "reason", "it is worse"));
  }

  private void key(String id, String environment) {
    stage.control.submit(new Command.IssueAgentKey(id, Digest.of(id), "lookup", environment, ""));
  }

  private String post(String word, Map<String, String> fields) {
    return answer(word, fields).body();
  }

  private int status(String word, Map<String, String> fields) {
    return answer(word, fields).status();
  }

  private PageResponse.Html answer(String word, Map<String, String> fields) {
    return (PageResponse.Html) stage.post(PAGE + "/" + word, fields, dana);
  }
}
