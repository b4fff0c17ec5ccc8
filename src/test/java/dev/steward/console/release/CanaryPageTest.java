// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import dev.steward.insight.canary.CanaryRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryPageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final Reader READS =
      new Reader(Actor.person("p-will"), "Will", (permission, _) -> permission == Permission.READ);

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void begin() {
    stage.control.apply(Yaml.documents(Yaml.DANA, version(1)));
    stage.control.submit(new Command.StartRelease("r-1", "lookup", "staging", "", "first"));
    stage.control.apply(version(2));
  }

  @Test
  void theTrackOffersToTryTheNextVersionAndStartsIt() {
    assertThat(stage.html("/releases/agents/lookup", ADMIN)).contains("Try it on 10%");
    String next =
        Objects.requireNonNull(stage.control.state().environments("lookup").get("development"))
            .hex();
    String page =
        post(
            "/releases/start",
            Map.of(
                "agent",
                "lookup",
                "to",
                "staging",
                "version",
                next,
                "strategy",
                "canary",
                "reason",
                "a new prompt"));
    assertThat(page)
        .contains("Started: rolling out.")
        .contains("Not judged yet")
        .contains("10%")
        .contains("Promote lookup to staging for all?");
    assertThat(stage.html("/releases/agents/lookup", ADMIN)).doesNotContain("Try it on 10%");
  }

  @Test
  void thePageShowsWeightSampleDifferenceAndEvidenceAgainstItsThreshold() {
    start();
    stage.canaries = (_, release) -> Optional.of(said()).filter(_ -> release.equals("r-2"));
    String page = stage.html("/releases/r-2", ADMIN);

    assertThat(page)
        .contains("id=\"canary\"")
        .contains("data-live=\"/live/releases/r-2?shown=")
        .contains("success differs by")
        .contains("Difference in success")
        .contains("class=\"interval\"")
        .contains("-6.0 points")
        .contains("E-value of fewer successes")
        .contains("below what rolls it back")
        .contains("120, 90.0 %")
        .contains("mean cost")
        .contains("times 0.9 to 1.1")
        .contains("Give it 25% of the conversations of lookup?")
        .contains("What it changes", "1 of 7 artefacts differs.")
        .contains("<del><bdi>1</bdi></del>", "<ins><bdi>2</bdi></ins>");
    assertThat(stage.html("/releases/r-2", READS)).doesNotContain("Give it 25%");
    assertThat(stage.html("/releases/r-1", ADMIN)).doesNotContain("id=\"canary\"");
  }

  @Test
  void theWeightIsRaisedAndTheCanaryRolledBackFromThePage() {
    start();
    assertThat(post("/releases/r-2/weight", Map.of("weight", "25%", "reason", "looks good")))
        .contains("It is rolling out now.")
        .contains("Give it 50%");
    assertThat(post("/releases/r-2/refuse", Map.of("reason", "wrong")))
        .contains("It is rolled back now.");
    assertThat(stage.control.state().releases().find("r-2").orElseThrow().state())
        .isEqualTo(new ReleaseState.RolledBack());
  }

  @Test
  void whatWasSaidStaysOnThePageAndInTheLedger() {
    start();
    stage.control.submit(
        new Command.JudgeCanary(
            "r-2", CanaryVerdict.ROLL_BACK, "success-worse", "fewer", 240, said().json()));
    assertThat(stage.html("/releases/r-2", ADMIN))
        .contains("success worse")
        .contains("fewer")
        .doesNotContain("data-live=\"/live/releases/r-2");
  }

  @Test
  void theCurvesAreDrawnAnewAsEvidenceArrivesAndAChangeOfStateIsTold() {
    start();
    OpenPage page = OpenPage.of(stage, "/releases/r-2", ADMIN);
    LiveFeed feed = page.feed();
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace");
    assertThat(feed.poll()).isEmpty();

    stage.canaries = (_, release) -> Optional.of(said()).filter(_ -> release.equals("r-2"));
    assertThat(feed.poll())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.name()).isEqualTo("replace");
          assertThat(event.data())
              .contains("id=\\\"release-now\\\"")
              .contains("Difference in success")
              .contains("E-value of fewer successes");
        });
    assertThat(feed.poll()).isEmpty();

    post("/releases/r-2/hold", Map.of("reason", "a visit"));
    assertThat(feed.poll())
        .extracting(LiveFeed.Event::name)
        .containsExactlyInAnyOrder("replace", "fresh");
    assertThat(page.feed().poll())
        .extracting(LiveFeed.Event::name)
        .containsExactlyInAnyOrder("replace", "fresh");
    assertThat(page.after(feed).poll()).extracting(LiveFeed.Event::name).containsExactly("replace");
    assertThat(stage.console.live(PageRequest.get("/live/releases/none", Map.of(), ADMIN, "t")))
        .isEmpty();
  }

  private void start() {
    stage.control.submit(
        new Command.StartRelease(
            "r-2", "lookup", "staging", "", Strategy.CANARY, Map.of(), "a new prompt"));
  }

  private static CanaryRecord said() {
    List<CanaryRecord.CanaryPoint> curve = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      curve.add(
          new CanaryRecord.CanaryPoint(
              8 * i,
              NOW.plusSeconds(60L * i),
              -0.06,
              i < 5 ? null : new CanaryRecord.Bounds(-0.2 + i * 0.004, 0.1 - i * 0.002),
              Map.of("success", 0.05 * i)));
    }
    return new CanaryRecord(
        "hold",
        "success-not-shown",
        "success differs by -8.0 points to +4.0 points",
        NOW,
        240,
        List.of(
            new CanaryRecord.TestReading(
                "success",
                120,
                120,
                0.9,
                0.84,
                new CanaryRecord.Bounds(-0.08, 0.04),
                1.5,
                Math.log(20),
                null),
            new CanaryRecord.TestReading(
                "mean cost",
                120,
                120,
                0.01,
                0.0101,
                new CanaryRecord.Bounds(0.9, 1.1),
                0,
                Math.log(80),
                null)),
        0.4,
        curve,
        Map.of("limit", "7d"));
  }

  private String post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    PageResponse answer =
        stage.console.handle(
            new PageRequest("POST", path, Map.of(), form, ADMIN, "token", Map.of(), false));
    return ((PageResponse.Html) answer).body();
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
