// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.LiveFeed;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartPagesTest {
  private final Stage stage = Stage.empty(InstantSource.system());

  @Test
  void theThreeVariablesNameThisServer() {
    assertThat(stage.html("/start", Stage.VIEWER))
        .contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318")
        .contains("OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")
        .contains("OTEL_SERVICE_NAME=my-agent")
        .contains("Python", "TypeScript", "Java", "curl")
        .contains("Waiting for the first span");
  }

  @Test
  void theFirstSpanLightsThePageUpAndLeadsToItsRun() {
    OpenPage page = OpenPage.of(stage, "/start", Stage.OPERATOR);
    LiveFeed feed = page.feed();
    assertThat(feed.poll()).isEmpty();
    stage.write(Stories.handOver(java.time.Instant.now().minusSeconds(5)));

    List<LiveFeed.Event> events = feed.poll();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().data()).contains("It has arrived").contains("/runs/");
    assertThat(feed.poll()).isEmpty();
    assertThat(page.after(feed).poll()).isEmpty();
    assertThat(page.feed().poll()).hasSize(1);
  }
}
