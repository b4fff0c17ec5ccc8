// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFeedsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @Test
  void newRunsAreCountedAndMoveNothing() {
    stage.write(Stories.unpriced(NOW.minusSeconds(100)));
    String head = stage.store.runs(RunQuery.newest(1)).items().getFirst().id();
    LiveFeed feed = feed("/live/runs", Map.of("head", head));
    assertThat(feed.poll()).isEmpty();
    stage.write(Stories.handOver(NOW.minusSeconds(60)));
    assertThat(feed.poll())
        .containsExactly(new LiveFeed.Event("fresh", "{\"count\":1,\"more\":false}"))
        .allSatisfy(event -> assertThat(event.data()).doesNotContain("\n"));
    assertThat(feed.poll()).isEmpty();
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
    LiveFeed feed = feed("/live/runs", Map.of("head", script.traceId()));
    feed.poll();
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
    LiveFeed feed = feed("/live/runs/" + script.traceId(), Map.of());
    assertThat(feed.poll()).isEmpty();
    stage.write(script.spans().subList(1, 2));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace", "append");
    assertThat(feed.poll()).isEmpty();
    stage.write(script.spans().subList(2, 3));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).contains("end");
    assertThat(feed.poll()).isEmpty();
  }

  @Test
  void theFirstAgentOfAnEmptyServerIsTold() {
    LiveFeed feed = feed("/live/fleet", Map.of());
    assertThat(feed.poll()).isEmpty();
    stage.write(Stories.handOver(NOW.minusSeconds(60)));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("fresh");
  }

  @Test
  void thereIsNoFeedWhereNothingIsLive() {
    assertThat(stage.console.live(request("/live/ledger", Map.of()))).isEmpty();
    assertThat(stage.console.live(request("/live/runs/none", Map.of()))).isEmpty();
  }

  private LiveFeed feed(String path, Map<String, String> query) {
    return stage.console.live(request(path, query)).orElseThrow();
  }

  private static PageRequest request(String path, Map<String, String> query) {
    return PageRequest.get(path, query, Stage.OPERATOR, "token-of-session");
  }
}
