// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.command.Command;
import dev.steward.insight.trait.TraitDrift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final String PAGE = "/drift/lookup/production";

  /// Reads what lookup does in production and nothing else.
  private static final Reader WATCHER =
      new Reader(
          Actor.person("p-will"),
          "Will",
          (permission, target) ->
              permission == Permission.READ
                  && target.agent().equals("lookup")
                  && target.environment().equals("production"));

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private final DriftScene scene = new DriftScene(stage);

  @BeforeEach
  void declare() {
    stage.control.apply(
        Yaml.documents(
            Yaml.DANA, Yaml.agent("lookup", "version: {code: {build: 1}}"), Yaml.agent("writer")));
  }

  @Test
  void withoutAnyoneWatchedThePageSaysWhenThatBegins() {
    assertThat(stage.html("/drift", ADMIN))
        .contains("Nobody is watched yet")
        .contains("the first 2,000 of a version, or from its first 7 days");
    assertThat(stage.html("/drift/lookup", ADMIN)).contains("It is not watched yet");
    assertThat(status("/drift/nobody", ADMIN)).isEqualTo(404);
  }

  @Test
  void whoDriftedComesFirstAndTooLittleDataIsNeverFine() {
    scene.learns("writer", "production", 312);
    scene.isSteady("lookup", "staging", 800);
    scene.isSteady("writer", "staging", 20);
    scene.drifts("lookup", "production", "d-1");
    String page = stage.html("/drift", ADMIN);

    assertThat(page)
        .contains("1 drifted, 1 is steady, 2 have too few")
        .contains("312 runs so far, of 2,000 of one version, or 50 in its first 7 days")
        .contains("20 runs since the baseline, of 50 at least")
        .contains("runs that succeed")
        .contains("title=\"1 alarm of drift open\"")
        .containsSubsequence(
            "href=\"/drift/lookup/production\"",
            "<span>Drifted</span>",
            "href=\"/drift/lookup/staging\"",
            "<span>Steady</span>",
            "<span>Not enough data</span>",
            "<span>Not enough data</span>");
    assertThat(stage.html("/drift/lookup", ADMIN))
        .contains("/drift/lookup/staging")
        .doesNotContain("/drift/writer");
    assertThat(stage.get("/drift/writer", Map.of(), WATCHER)).matches(DriftPagesTest::notFound);
  }

  @Test
  void thePageOfADriftSaysWhatMovedHowSureSinceWhenAndWhy() {
    TraitDrift drift = scene.drifts("lookup", "production", "d-1");
    scene.keepsItsRuns("lookup", "production");
    scene.isAnsweredByAnother("lookup", "production", drift.began().minus(Duration.ofMinutes(5)));
    String page = stage.html(PAGE, ADMIN);

    assertThat(page)
        .contains("Runs that succeed rose from 8")
        .contains("95 % interval")
        .contains("of 2,000 runs in the baseline")
        .contains("in run " + String.format("%,d", drift.runs()) + " since the baseline")
        .contains(String.format("%,d runs and ", drift.delay()))
        .contains("one alarm in 100,000 runs on average, of all 6 things that are watched")
        .contains("Another model answers: gpt-5-b")
        .contains("between the earliest and the latest")
        .contains("/runs/" + DriftScene.BEFORE + "/compare/" + DriftScene.SINCE)
        .contains("href=\"/releases/agents/lookup\"")
        .doesNotContain("It cannot be told");
  }

  @Test
  void anIncidentIsOpenedFromTheAlarm() {
    scene.drifts("lookup", "production", "d-1");
    assertThat(stage.html(PAGE, ADMIN)).contains("Open an incident…");
    PageResponse opened =
        stage.post(PAGE + "/incident", Map.of("alarm", "d-1", "reason", "too many"), ADMIN);
    String page = ((PageResponse.Redirect) opened).location();

    assertThat(stage.html(page, ADMIN))
        .contains("lookup: runs that succeed rose from 8", "What it was opened for", "too many");
    assertThat(stage.html(PAGE, ADMIN))
        .contains("href=\"" + page + "\">Its incident</a>")
        .doesNotContain("Open an incident…");
    assertThat(stage.post(PAGE + "/incident", Map.of("alarm", "d-2", "reason", "x"), ADMIN))
        .matches(DriftPagesTest::notFound);
  }

  @Test
  void everyThingThatIsWatchedHasARowThatReadsWithoutItsPicture() {
    TraitDrift drift = scene.drifts("lookup", "production", "d-1");
    scene.isAnsweredByAnother("lookup", "production", drift.began());
    String page = stage.html(PAGE, ADMIN);

    assertThat(page)
        .contains("id=\"trait-0\"", "id=\"trait-5\"")
        .contains("Drifted up")
        .contains("class=\"began-within\"", "class=\"began\"")
        .contains("class=\"band\"")
        .contains(">A</b> <a href=\"/")
        .contains("Runs that take over 1")
        .contains("3,000 runs since the baseline")
        .contains("/runs?agent=lookup&amp;environment=production&amp;from=2026-09-");
    assertThat(page.indexOf("Drifted up")).isLessThan(page.indexOf("Runs that take over"));
  }

  @Test
  void whatCannotBeToldIsSaid() {
    scene.drifts("lookup", "production", "d-1");
    assertThat(stage.html(PAGE, ADMIN))
        .contains("Cannot tell")
        .contains("It cannot be told. No version, release")
        .contains("is no longer kept");
  }

  @Test
  void aPlaceWithTooFewRunsSaysWhatIsMissing() {
    scene.learns("lookup", "production", 312);
    assertThat(stage.html(PAGE, ADMIN))
        .contains("No baseline yet")
        .contains("Known are 312 runs.")
        .contains("where there are at least 50")
        .doesNotContain("Steady");
    assertThat(stage.html("/drift/lookup/staging", ADMIN)).contains("Known are no runs.");
  }

  @Test
  void anAlarmIsClosedWithAReasonAndStaysBelow() {
    scene.drifts("lookup", "production", "d-1");
    assertThat(stage.html(PAGE, ADMIN))
        .contains("Close the alarm of lookup about runs that succeed?");
    assertThat(post(PAGE + "/close", Map.of("alarm", "d-1")))
        .contains("Nothing was changed.")
        .contains("id=\"alarm-d-1\"");
    assertThat(post(PAGE + "/close", Map.of("alarm", "d-1", "reason", "a new catalogue")))
        .contains("The alarm is closed.")
        .contains("Drifted, closed")
        .contains("Closed alarms")
        .contains("a new catalogue")
        .doesNotContain("id=\"alarm-d-1\"");
    assertThat(stage.control.state().baselines().alarms()).noneMatch(DriftAlarm::open);
    assertThat(post("/drift/lookup/staging/close", Map.of("alarm", "d-1", "reason", "again")))
        .contains("There is no page at this address.");
  }

  @Test
  void theNewWayIsTakenAsRight() {
    scene.drifts("lookup", "production", "d-1");
    assertThat(stage.html(PAGE, ADMIN))
        .contains("The baseline of 2,000 runs is let go, and its 1 open alarm with it.");
    assertThat(post(PAGE + "/relearn", Map.of("reason", "it is better so")))
        .contains("The baseline was let go.")
        .contains("The last baseline was let go")
        .contains("it is better so")
        .contains("Not enough data");
    assertThat(stage.control.state().baselines().of("lookup", "production")).isEmpty();
    assertThat(post(PAGE + "/relearn", Map.of("reason", "again")))
        .contains("Nothing was changed.")
        .contains("no baseline of lookup is in force");
  }

  @Test
  void readersSeeTheirAgentsAloneAndAreOfferedNoDeed() {
    scene.drifts("lookup", "production", "d-1");
    scene.isSteady("lookup", "staging", 800);
    scene.isSteady("writer", "production", 800);
    assertThat(stage.html("/drift", WATCHER))
        .contains("/drift/lookup/production")
        .doesNotContain("/drift/lookup/staging", "/drift/writer");
    assertThat(stage.html(PAGE, WATCHER))
        .contains("Runs that succeed rose from")
        .doesNotContain("action=\"" + PAGE);
    assertThat(status("/drift/lookup/staging", WATCHER)).isEqualTo(404);
    assertThat(status("/drift/writer/production", WATCHER)).isEqualTo(404);
    assertThat(stage.get("/drift/lookup", Map.of(), WATCHER))
        .isEqualTo(new PageResponse.Redirect(PAGE));
    PageResponse refused =
        stage.post(PAGE + "/close", Map.of("alarm", "d-1", "reason", "x"), WATCHER);
    assertThat(((PageResponse.Html) refused).status()).isEqualTo(403);
    assertThat(stage.control.state().baselines().alarms()).allMatch(DriftAlarm::open);
  }

  @Test
  void runsWithoutAnEnvironmentHaveAPageToo() {
    scene.drifts("lookup", "", "d-1");
    assertThat(stage.html("/drift/lookup", ADMIN))
        .contains("no environment", "action=\"/drift/lookup/close\"");
    assertThat(post("/drift/lookup/close", Map.of("alarm", "d-1", "reason", "seen")))
        .contains("The alarm is closed.");
  }

  @Test
  void theAgentsPageLeadsToItsDrift() {
    assertThat(stage.html("/agents/lookup", ADMIN)).contains("href=\"/drift/lookup\"");
  }

  @Test
  void anAlarmStandsBeforeItsRunsAreReadAnew() {
    scene.drifts("lookup", "production", "d-1");
    stage.drift = java.util.List::of;
    assertThat(stage.html("/drift", ADMIN)).contains("<span>Drifted</span>");
    assertThat(stage.html(PAGE, ADMIN))
        .contains("Runs that succeed rose from")
        .doesNotContain("id=\"traits\"");
    stage.control.submit(new Command.CloseDrift("d-1", "seen"));
    assertThat(stage.html(PAGE, ADMIN)).contains("its runs are being read");
  }

  private String post(String path, Map<String, String> fields) {
    return ((PageResponse.Html) stage.post(path, fields, ADMIN)).body();
  }

  private int status(String path, Reader reader) {
    return ((PageResponse.Html) stage.get(path, Map.of(), reader)).status();
  }

  private static boolean notFound(PageResponse response) {
    return response instanceof PageResponse.Html html && html.status() == 404;
  }
}
