// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.live.InFlight;
import dev.steward.control.state.Kill;
import dev.steward.domain.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);

  /// Reads everything and may stop the agent lookup.
  private static final Reader SAM =
      new Reader(
          Actor.person("p-sam"),
          "Sam",
          (permission, target) ->
              permission == Permission.READ
                  || (permission == Permission.STOP && target.agent().equals("lookup")));

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void fly() {
    stage.control.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup"), Yaml.agent("writer")));
    for (int i = 0; i < 3; i++) {
      stage.calls.calls.add(call("call-" + i, "lookup", "run-1"));
    }
    stage.calls.calls.add(call("call-9", "writer", "run-2"));
  }

  @Test
  void saysWhatAKillWillCutBeforeItDoes() {
    String page = get("agent=lookup", ADMIN);

    assertThat(page)
        .contains("Kill 3 calls in flight of agent lookup and refuse new ones")
        .contains("3 calls are cut at once")
        .contains("name=\"selector\" value=\"agent=lookup\"");
    assertThat(get("agent=writer,environment=staging", ADMIN))
        .contains("Kill agent writer in staging and refuse new calls")
        .contains("No call is in flight now.");
    assertThat(get("everything", ADMIN)).contains("Restoring needs two people.");
    assertThat(stage.calls.calls).hasSize(4);
  }

  @Test
  void killsAndRestores() {
    String done = post("kill", Map.of("selector", "agent=lookup", "reason", "it loops"));

    assertThat(done).contains("Killed agent lookup: 3 calls cut").contains("it loops");
    assertThat(stage.calls.calls).hasSize(1);
    Kill kill = stage.control.state().kills().all().iterator().next();
    assertThat(get("agent=lookup", ADMIN)).contains("It is killed already");

    assertThat(post("restore", Map.of("id", kill.id(), "reason", "repaired")))
        .contains("Restored agent lookup");
    assertThat(stage.control.state().kills().size()).isZero();
  }

  @Test
  void whatNeedsTwoIsProposedAndStaysKilled() {
    post("kill", Map.of("selector", "everything", "reason", "it loops"));
    Kill kill = stage.control.state().kills().all().iterator().next();

    assertThat(post("restore", Map.of("id", kill.id(), "reason", "repaired")))
        .contains("It is restored once a second person agrees")
        .contains("Waits for a second person");
    assertThat(stage.stops.killed(Subject.NOBODY)).isPresent();
  }

  @Test
  void aKillThatIsNotInTheLedgerIsShownAsSuch() {
    stage.control.people.full(true);
    String done = post("kill", Map.of("selector", "agent=lookup", "reason", "it loops"));
    stage.control.people.full(false);

    assertThat(done).contains("Not in the ledger").contains("no room on the disk");
    assertThat(stage.calls.calls).hasSize(1);
  }

  @Test
  void whoMayNotIsToldSoAndWhoMayAPartIsOfferedThat() {
    assertThat(get("agent=writer", SAM)).contains("Your role does not let you kill this");
    assertThat(get("agent=lookup", SAM)).contains("Kill 3 calls in flight of agent lookup");
    assertThat(get("everything", SAM)).doesNotContain("/stops/kill");
  }

  @Test
  void aSlipIsToldAndNothingIsDone() {
    assertThat(get("agnet=lookup", ADMIN)).contains("is nothing it can name");
    assertThat(post("kill", Map.of("selector", "agent=lokup", "reason", "x")))
        .contains("Nothing was changed: ");
    assertThat(post("kill", Map.of("selector", "", "reason", "x"))).contains("names nothing");
    assertThat(stage.control.state().kills().size()).isZero();
  }

  @Test
  void listsWhatIsInFlight() {
    assertThat(get("", ADMIN))
        .contains("4 calls")
        .contains("chat gpt-5")
        .contains("/stops?selector=run%3Drun-2");
  }

  private String get(String selector, Reader reader) {
    return ((PageResponse.Html) stage.get("/stops", Map.of("selector", selector), reader)).body();
  }

  private String post(String deed, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    return ((PageResponse.Html)
            stage.console.handle(
                new PageRequest(
                    "POST", "/stops/" + deed, Map.of(), form, ADMIN, "token", Map.of(), false)))
        .body();
  }

  private static InFlight call(String id, String agent, String run) {
    return InFlight.begun(
        id,
        InFlight.Kind.MODEL,
        new Subject(agent, "", "production", "", run, "", "", Map.of(), "openai", "gpt-5", ""),
        NOW.minusSeconds(3),
        "chat gpt-5");
  }
}
