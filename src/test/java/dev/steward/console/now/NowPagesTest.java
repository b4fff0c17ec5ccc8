// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.StagedCondition;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.insight.means.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NowPagesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T09:00:00Z"));

  @Test
  void theStartPageLeadsToNow() {
    assertThat(Stage.empty(CLOCK).get("/", Map.of(), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/now"));
  }

  @Test
  void anEmptyServerIsCalmAndLeadsToTheFirstSpan() {
    assertThat(Stage.empty(CLOCK).html("/now", Stage.OPERATOR))
        .contains("All is well")
        .contains("No agent has sent anything yet")
        .contains("href=\"/start\"");
  }

  @Test
  void findingsAreSentencesWithSinceWhenEvidenceAndWhatCanBeDone() {
    assertThat(Stage.full(CLOCK).html("/now", Stage.OPERATOR))
        .contains("pricing-poc sends spans, and nobody has registered it")
        .contains("href=\"/runs?agent=pricing-poc&amp;range=24h\"")
        .contains("What can be done")
        .contains("href=\"/fleet?q=pricing-poc\"")
        .contains("Too few to compare");
  }

  @Test
  void manyFindingsOfOneKindAreOneLineThatLeadsToAllOfThem() {
    Stage stage = Stage.full(CLOCK);
    for (int i = 0; i < 40; i++) {
      SpanScript script =
          new SpanScript(9_000 + i, "job-" + i, "production", CLOCK.instant().minusSeconds(500));
      script.agent("job-" + i, "Nightly work.", true, null, () -> {});
      stage.write(script.spans());
    }
    String page = stage.html("/now", Stage.OPERATOR);

    assertThat(page)
        .contains("41 senders send spans, and nobody has registered them")
        .contains(" and 38 more. Nobody owns them")
        .contains("href=\"/fleet?range=24h&amp;risk=unknown\"")
        .contains("and 40 others need a look")
        .doesNotContain("and nobody has registered it");
    String anchor =
        page.replaceAll("(?s).*<article class=\"finding warning\" id=\"(f-[0-9a-f]+)\".*", "$1");
    assertThat(page).contains("href=\"#" + anchor);
    PageResponse.Html fleet =
        (PageResponse.Html) stage.get("/fleet", Map.of("risk", "unknown"), Stage.OPERATOR);
    assertThat(fleet.body()).contains("job-0", "job-39");
  }

  @Test
  void whatIsWrongWithTheServerComesFirst() {
    Stage stage = Stage.full(CLOCK);
    Condition well = StagedCondition.WELL;
    stage.condition =
        new Condition(7, null, Duration.ZERO, 0, 0, null, well.past(), well.log(), well.disk());
    String page = stage.html("/now", Stage.OPERATOR);
    assertThat(page)
        .contains("The server needs somebody now")
        .contains("7 spans could not be loaded");
    assertThat(page.indexOf("could not be loaded"))
        .isLessThan(page.indexOf("nobody has registered"));
  }

  @Test
  void anOpenPageIsToldOfNothingWhileNothingChanges() {
    Stage stage = Stage.full(CLOCK);
    LiveFeed feed = OpenPage.of(stage, "/now", Stage.OPERATOR).feed();
    assertThat(feed.poll()).isEmpty();
    assertThat(feed.poll()).isEmpty();
  }
}
