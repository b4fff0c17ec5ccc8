// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:00Z");

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private final Run run = run();

  private Run run() {
    stage.write(Stories.handOver(NOW.minusSeconds(300)));
    return stage.store.runs(dev.steward.trace.run.RunQuery.newest(1)).items().getFirst();
  }

  @Test
  void aConversationReadsFromTheQuestionToTheAnswer() {
    String html = stage.html("/conversations/" + run.conversation(), Stage.OPERATOR);
    assertThat(html)
        .contains("1 run")
        .containsSubsequence(
            "cracked boiler", "10 steps between", "4 tool calls", "1 error", "is on its way");
  }

  @Test
  void aLongRunIsReadForItsFirstAndLastWordsToo() {
    stage.write(Stories.endless(NOW.minusSeconds(9_000), 4_001));
    Run marathon =
        stage.store.runs(dev.steward.trace.run.RunQuery.newest(10)).items().stream()
            .filter(each -> each.agent().equals("coder"))
            .findFirst()
            .orElseThrow();
    String html = stage.html("/tasks/" + marathon.task(), Stage.OPERATOR);
    assertThat(html)
        .containsSubsequence(
            "flaky test in billing", "3,999 steps between", "2,000 tool calls", "Tests run: 41");
  }

  @Test
  void aTaskHasItsRuns() {
    String html = stage.html("/tasks/" + run.task(), Stage.OPERATOR);
    assertThat(html).contains("Task", "/runs/" + run.id(), "none told");
  }

  @Test
  void whoMayNotReadContentSeesFiguresOnly() {
    String html = stage.html("/conversations/" + run.conversation(), Stage.VIEWER);
    assertThat(html)
        .contains("You may not read what was said", "0.0204")
        .doesNotContain("espresso", "is on its way");
  }

  @Test
  void whatNobodyMaySeeIsNotThere() {
    Reader stranger = new Reader(Actor.person("p-x"), "X", (_, _) -> false);
    Map<Reader, String> asked =
        Map.of(stranger, String.valueOf(run.conversation()), Stage.OPERATOR, "none");
    asked.forEach((reader, id) -> {
      PageResponse page = stage.get("/conversations/" + id, Map.of(), reader);
      assertThat(((PageResponse.Html) page).status()).isEqualTo(404);
    });
  }
}
