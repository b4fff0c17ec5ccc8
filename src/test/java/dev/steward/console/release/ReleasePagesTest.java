// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleasePagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);

  /// Reads the agent writer and nothing else.
  private static final Reader WRITERS =
      new Reader(
          Actor.person("p-will"),
          "Will",
          (permission, target) -> permission == Permission.READ && target.agent().equals("writer"));

  private static final String LIMITS =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: limits}
      spec: {rules: [{tool: payments/refund, effect: deny}]}
      """;

  private static final String PAID =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: paid}
      spec: {environments: [canary], requires: budget}
      """;

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void declare() {
    stage.control.apply(Yaml.documents(Yaml.DANA, version(1), Yaml.agent("writer"), LIMITS, PAID));
  }

  @Test
  void withoutAReleaseThePageSaysHowToStartOne() {
    assertThat(stage.html("/releases", ADMIN))
        .contains("Nothing was released yet")
        .contains("steward release start lookup --to staging")
        .contains("/releases/agents/writer");
  }

  @Test
  void theTrackSaysWhatIsWhereAndOffersTheNextStep() {
    start("r-1", "staging");
    String page = stage.html("/releases/agents/lookup", ADMIN);
    assertThat(page)
        .contains(inForce("staging").substring(0, 12))
        .contains("Nothing in force")
        .contains("of lookup to canary?")
        .contains("href=\"/releases/r-1\"")
        .doesNotContain("of lookup to production?");
  }

  @Test
  void aReleaseShowsItsGatesWithEvidenceAndWhatItWaitsFor() {
    start("r-1", "staging");
    start("r-2", "canary");
    String page = stage.html("/releases/r-2", ADMIN);
    assertThat(page)
        .contains("Waits for gates")
        .contains("no Budget pays for lookup in canary")
        .contains("It waits for <bdi>the gate paid</bdi>")
        .contains("Policy")
        .contains("limits")
        .contains("No version was in force there before: all of it is new.")
        .contains("Agree to lookup to canary");
  }

  @Test
  void aReleaseIsHeldAndRefusedFromThePage() {
    start("r-1", "staging");
    start("r-2", "canary");
    assertThat(post("/releases/r-2/hold", Map.of("reason", "a visit")))
        .contains("It is held now.")
        .contains("a visit");
    assertThat(post("/releases/r-2/refuse", Map.of("reason", "wrong one")))
        .contains("It is refused now.");
    assertThat(post("/releases/r-2/promote", Map.of("reason", "again")))
        .contains("Nothing was changed.")
        .contains("is over: refused");
  }

  @Test
  void theRollbackSaysWhatItWillChangeAndDoesIt() {
    start("r-1", "staging");
    String first = inForce("staging");
    stage.control.apply(Yaml.documents(version(2), LIMITS.replace("deny", "allow")));
    start("r-2", "staging");

    assertThat(stage.html("/releases/agents/lookup", ADMIN))
        .contains("Roll lookup in staging back to " + first.substring(0, 12) + "?")
        .contains("As it was pinned comes back: Policy/limits (spec.rules");
    String done =
        post(
            "/releases/rollback",
            Map.of(
                "agent",
                "lookup",
                "environment",
                "staging",
                "version",
                first,
                "reason",
                "it is worse"));
    assertThat(done).contains("lookup was rolled back in staging.");
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(stage.control.state().releases().find("r-2").orElseThrow().state())
        .isEqualTo(new ReleaseState.RolledBack());
    assertThat(stage.html("/releases/r-2", ADMIN)).contains("Rolled back").contains("it is worse");
  }

  @Test
  void aVersionThatStandsBySaysWhatASwitchWillChangeAndIsSwitchedTo() {
    start("r-1", "staging");
    String first = inForce("staging").substring(0, 12);
    stage.control.apply(
        Yaml.agent(
            "lookup", "version: {code: {build: 2, endpoint: {url: 'http://green.example/a'}}}"));
    String second = inForce("development").substring(0, 12);
    assertThat(stage.html("/releases/agents/lookup", ADMIN)).contains("stand by in staging");
    stage.control.submit(
        new Command.StartRelease(
            "r-2", "lookup", "staging", "", Strategy.BLUE_GREEN, Map.of(), "new tools"));

    assertThat(stage.html("/releases/r-2", ADMIN))
        .contains("Switch to " + second + " of lookup in staging?")
        .contains(second + " (http://green.example/a) in place of " + first)
        .contains("What is under way finishes where it began.")
        .contains("and cut what is under way");
    post("/releases/r-2/switch", Map.of("reason", "go", "cut", "true"));
    assertThat(inForce("staging")).startsWith(second);
    assertThat(stage.control.state().releases().find("r-2").orElseThrow().paired().orElseThrow())
        .matches(pair -> pair.switched() && pair.cuts() == 1);
    assertThat(stage.html("/releases/r-2", ADMIN))
        .contains("Switch back to " + first + " of lookup in staging?");
    post("/releases/r-2/switch-back", Map.of("reason", "slow"));
    assertThat(inForce("staging")).startsWith(first);
  }

  @Test
  void aReleaseIsStartedFromTheTrack() {
    String page =
        post("/releases/start", Map.of("agent", "lookup", "to", "staging", "reason", "better"));
    assertThat(page).contains("Started: promoted.").contains("lookup to staging");
    assertThat(inForce("staging")).isEqualTo(inForce("development"));
  }

  @Test
  void whoMayNotSeeAnAgentSeesNothingOfItsReleases() {
    start("r-1", "staging");
    assertThat(stage.html("/releases", WRITERS)).doesNotContain("lookup").contains("writer");
    assertThat(status(stage.get("/releases/r-1", Map.of(), WRITERS))).isEqualTo(404);
    assertThat(status(stage.get("/releases/agents/lookup", Map.of(), WRITERS))).isEqualTo(404);
    assertThat(stage.html("/releases/agents/writer", WRITERS))
        .doesNotContain("action=\"/releases/start\"");
  }

  private void start(String id, String to) {
    stage.control.submit(new Command.StartRelease(id, "lookup", to, "", "better"));
  }

  private String inForce(String environment) {
    return Objects.requireNonNull(stage.control.state().environments("lookup").get(environment))
        .hex();
  }

  private String post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    PageResponse answer =
        stage.console.handle(
            new PageRequest("POST", path, Map.of(), form, ADMIN, "token", Map.of(), false));
    return ((PageResponse.Html) answer).body();
  }

  private static int status(PageResponse response) {
    return ((PageResponse.Html) response).status();
  }

  private static String version(int build) {
    return Yaml.agent("lookup", "version: {code: {build: " + build + "}}");
  }
}
