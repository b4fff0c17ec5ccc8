// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.LiveFeed;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFeedTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  /// The agent's own span comes last: without it the run is at work.
  private final List<Span> spans = Stories.endless(NOW.minusSeconds(600), 901);

  private final String run = "/runs/" + spans.getFirst().key().traceId();

  @Test
  void stepsThatCameWhileNobodyListenedAreToldFirst() {
    stage.write(spans.subList(0, 4));
    OpenPage page = open(Map.of());
    LiveFeed lost = page.feed();
    assertThat(lost.poll()).isEmpty();
    stage.write(spans.subList(4, 6));

    LiveFeed feed = page.after(lost);
    List<LiveFeed.Event> told = feed.poll();
    assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "insert");
    assertThat(told.getLast().data())
        .contains(anchor(4), anchor(5), "\"after\":\"s-" + id(3) + "\"")
        .doesNotContain(anchor(2));
    assertThat(feed.poll()).isEmpty();
    assertThat(page.after(feed).poll()).isEmpty();
  }

  @Test
  void aRunThatEndedWhileNobodyListenedSaysSoInItsHead() {
    stage.write(spans.subList(0, 4));
    OpenPage page = open(Map.of());
    LiveFeed lost = page.feed();
    lost.poll();
    stage.write(spans.subList(900, 901));

    List<LiveFeed.Event> told = page.after(lost).poll();
    assertThat(told).extracting(LiveFeed.Event::name).startsWith("replace").endsWith("end");
    assertThat(told.getFirst().data()).contains("run-head").contains("Finished");
  }

  @Test
  void aFullPageGetsTheWayToTheStepsBehindIt() {
    stage.write(spans.subList(0, 190));
    OpenPage page = open(Map.of());
    assertThat(page.html).doesNotContain("Further steps");
    LiveFeed feed = page.feed();
    stage.write(spans.subList(190, 220));

    String told = feed.poll().getLast().data();
    assertThat(told)
        .contains("further-steps", "?from=200\\\"", "Further steps")
        .contains(anchor(195))
        .doesNotContain(anchor(215));
    stage.write(spans.subList(220, 222));
    assertThat(feed.poll().getLast().data()).contains("further-steps").doesNotContain("<article");
  }

  @Test
  void thePartThatAPageBeginsWithIsTheOneItIsToldOf() {
    stage.write(spans.subList(0, 230));
    LiveFeed feed = open(Map.of("from", "200")).feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(spans.subList(230, 232));

    assertThat(feed.poll().getLast().data())
        .contains(anchor(230), anchor(231))
        .doesNotContain(anchor(0))
        .doesNotContain(anchor(100));
  }

  @Test
  void aSelectedStepDecidesOfThePartToo() {
    stage.write(spans.subList(0, 230));
    LiveFeed feed = open(Map.of("step", id(225))).feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(spans.subList(230, 232));
    assertThat(feed.poll().getLast().data()).contains(anchor(231)).doesNotContain(anchor(0));
  }

  @Test
  void whatWasLoadedBehindThePageIsLiveToo() {
    stage.write(spans.subList(0, 230));
    OpenPage page = open(Map.of());
    LiveFeed feed = page.with(open(Map.of("from", "200")));
    assertThat(feed.poll()).isEmpty();
    stage.write(spans.subList(230, 232));

    assertThat(feed.poll().getLast().data())
        .contains(anchor(230), anchor(231))
        .doesNotContain("further-steps");
  }

  @Test
  void aRunThatIsReadInPartsIsToldOfTheSame() {
    List<Span> many = Stories.endless(NOW.minusSeconds(1_500), 4_001);
    stage.write(many.subList(0, 1_790));
    OpenPage page = OpenPage.of(stage, run, Map.of("from", "1600"), Stage.OPERATOR);
    LiveFeed feed = page.feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(many.subList(1_790, 1_792));
    List<LiveFeed.Event> told = feed.poll();
    assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "insert");
    assertThat(page.after(feed).poll()).isEmpty();
  }

  @Test
  void aStepThatCameLateStandsWhereItBelongs() {
    SpanScript script = new SpanScript(90, "inbox", "production", NOW.minusSeconds(30));
    script.agent(
        "inbox",
        "hello",
        true,
        null,
        () -> {
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "One.");
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "Two.");
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "Three.");
        });
    stage.write(List.of(script.spans().get(0), script.spans().get(2)));
    LiveFeed feed = OpenPage.of(stage, "/runs/" + script.traceId(), Stage.OPERATOR).feed();
    stage.write(List.of(script.spans().get(1)));
    String first = script.spans().get(0).key().spanId();
    assertThat(feed.poll().getLast().data())
        .contains("Two.")
        .contains("\"after\":\"s-" + first + "\"");
  }

  @Test
  void aPictureOfTheWholeIsToldOfItsHeadAndHowMuchIsNewer() {
    stage.write(spans.subList(0, 4));
    for (String view : List.of("waterfall", "graph", "raw")) {
      OpenPage page = OpenPage.of(stage, run + "/" + view, Stage.OPERATOR);
      assertThat(page.html).contains("data-one=\"new span\"");
      LiveFeed lost = page.feed();
      assertThat(lost.poll()).isEmpty();
      stage.write(spans.subList(4 + view.length(), 6 + view.length()));

      List<LiveFeed.Event> told = page.after(lost).poll();
      assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
      assertThat(told.getFirst().data()).contains("run-head");
      assertThat(told.getLast().data()).contains("\"count\":2");
    }
    OpenPage page = OpenPage.of(stage, run + "/graph", Stage.OPERATOR);
    stage.write(spans.subList(900, 901));
    assertThat(page.feed().poll())
        .extracting(LiveFeed.Event::name)
        .containsExactly("replace", "fresh", "end");
    assertThat(stage.html(run + "/graph", Stage.OPERATOR))
        .doesNotContain("data-live=\"/live", "new span");
  }

  private OpenPage open(Map<String, String> query) {
    return OpenPage.of(stage, run, query, Stage.OPERATOR);
  }

  private String id(int span) {
    return spans.get(span).key().spanId();
  }

  private String anchor(int span) {
    return "id=\\\"s-" + id(span) + "\\\"";
  }
}
