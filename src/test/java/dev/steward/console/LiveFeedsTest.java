// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.insight.means.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFeedsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private Instant now = NOW;
  private final Stage stage = Stage.empty(() -> now);

  @Test
  void newRunsAreCountedAndMoveNothing() {
    stage.write(Stories.unpriced(NOW.minusSeconds(100)));
    OpenPage page = OpenPage.of(stage, "/runs", Stage.OPERATOR);
    LiveFeed feed = page.feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(Stories.handOver(NOW.minusSeconds(60)));
    assertThat(feed.poll())
        .containsExactly(new LiveFeed.Event("fresh", "{\"count\":1,\"more\":false}"))
        .allSatisfy(event -> assertThat(event.data()).doesNotContain("\n"));
    assertThat(feed.poll()).isEmpty();
    assertThat(page.after(feed).poll()).isEmpty();
  }

  @Test
  void aRowThatChangesIsSentAlone() {
    SpanScript script = new SpanScript(70, "inbox", "production", NOW.minusSeconds(30));
    script.agent(
        "inbox",
        "hello",
        true,
        null,
        () -> {
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "One.");
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "Two.");
        });
    stage.write(Stories.unpriced(NOW.minusSeconds(100)));
    stage.write(script.spans().subList(0, 1));
    LiveFeed feed = OpenPage.of(stage, "/runs", Stage.OPERATOR).feed();
    stage.write(script.spans().subList(1, 3));
    assertThat(feed.poll())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.name()).isEqualTo("replace");
          assertThat(event.data())
              .contains("run-" + script.traceId())
              .contains("Finished")
              .doesNotContain("notes");
        });
  }

  @Test
  void anOpenRunTellsItsNewStepsAndItsEnd() {
    SpanScript script = new SpanScript(71, "inbox", "production", NOW.minusSeconds(30));
    script.agent(
        "inbox",
        "hello",
        true,
        null,
        () -> {
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "One.");
          script.model("gpt-5-mini", 500, 1, 1, "0.1", "Two.");
        });
    stage.write(script.spans().subList(0, 1));
    LiveFeed feed = OpenPage.of(stage, "/runs/" + script.traceId(), Stage.OPERATOR).feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(script.spans().subList(1, 2));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace", "insert");
    assertThat(feed.poll()).isEmpty();
    stage.write(script.spans().subList(2, 3));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).contains("end");
    assertThat(feed.poll()).isEmpty();
  }

  @Test
  void theFirstAgentOfAnEmptyServerIsTold() {
    LiveFeed feed = OpenPage.of(stage, "/fleet", Stage.OPERATOR).feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(Stories.handOver(NOW.minusSeconds(60)));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("fresh");
  }

  @Test
  void whatCameWhileNobodyListenedIsToldFirst() {
    SpanScript script = new SpanScript(72, "inbox", "production", NOW.minusSeconds(30));
    script.agent(
        "inbox", "hello", true, null, () -> script.model("gpt-5-mini", 500, 1, 1, "0.1", "One."));
    stage.write(script.spans().subList(0, 1));
    OpenPage moment = OpenPage.of(stage, "/now", Stage.OPERATOR);
    OpenPage fleet = OpenPage.of(stage, "/fleet", Stage.OPERATOR);
    OpenPage runs = OpenPage.of(stage, "/runs", Stage.OPERATOR);
    LiveFeed nowFeed = moment.feed();
    LiveFeed fleetFeed = fleet.feed();
    LiveFeed runsFeed = runs.feed();
    assertThat(nowFeed.poll()).isEmpty();
    assertThat(fleetFeed.poll()).isEmpty();
    assertThat(runsFeed.poll()).isEmpty();

    stage.condition =
        new Condition(
            7,
            null,
            Duration.ZERO,
            0,
            0,
            null,
            stage.condition.past(),
            stage.condition.log(),
            stage.condition.disk());
    stage.write(script.spans().subList(1, 2));
    stage.write(Stories.handOver(NOW.minusSeconds(20)));
    whenWhatWasFoundIsLookedForAgain();

    for (LiveFeed feed : List.of(moment.after(nowFeed), moment.feed())) {
      List<LiveFeed.Event> told = feed.poll();
      assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
      assertThat(told.getFirst().data())
          .contains("now-head")
          .contains("The server needs somebody now");
      assertThat(feed.poll()).isEmpty();
      assertThat(moment.after(feed).poll()).isEmpty();
    }
    for (LiveFeed feed : List.of(fleet.after(fleetFeed), fleet.feed())) {
      List<LiveFeed.Event> told = feed.poll();
      assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
      assertThat(told.getFirst().data()).contains("inbox").doesNotContain("refunds");
      assertThat(fleet.after(feed).poll()).isEmpty();
    }
    for (LiveFeed feed : List.of(runs.after(runsFeed), runs.feed())) {
      List<LiveFeed.Event> told = feed.poll();
      assertThat(told)
          .extracting(LiveFeed.Event::name)
          .containsExactlyInAnyOrder("replace", "fresh");
      assertThat(told)
          .anySatisfy(event ->
              assertThat(event.data()).contains("run-" + script.traceId()).contains("Finished"));
      assertThat(runs.after(feed).poll()).isEmpty();
    }
  }

  @Test
  void anAlarmThatCameAndWentWhileNobodyListenedLeavesNothingToTell() {
    OpenPage page = OpenPage.of(stage, "/now", Stage.OPERATOR);
    Condition well = stage.condition;
    stage.condition =
        new Condition(7, null, Duration.ZERO, 0, 0, null, well.past(), well.log(), well.disk());
    whenWhatWasFoundIsLookedForAgain();
    LiveFeed alarmed = page.feed();
    assertThat(alarmed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");

    stage.condition = well;
    whenWhatWasFoundIsLookedForAgain();

    assertThat(page.feed().poll()).isEmpty();
    List<LiveFeed.Event> over = page.after(alarmed).poll();
    assertThat(over).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
    assertThat(over.getFirst().data()).contains("All is well");
    assertThat(over.getLast().data()).isEqualTo("{\"count\":0,\"more\":false}");
  }

  @Test
  void thereIsNoFeedWhereNothingIsLive() {
    assertThat(stage.console.live(request("/live/ledger", Map.of()))).isEmpty();
    assertThat(stage.console.live(request("/live/runs/none", Map.of()))).isEmpty();
  }

  private void whenWhatWasFoundIsLookedForAgain() {
    now = now.plusSeconds(6);
  }

  private static PageRequest request(String path, Map<String, String> query) {
    return PageRequest.get(path, query, Stage.OPERATOR, "token-of-session");
  }
}
