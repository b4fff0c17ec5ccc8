// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.PageResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparePagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:00Z");

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private final String slow = run(1, 600, "gpt-5", "Refund at once.", 3000, "RF-1");
  private final String fast = run(2, 300, "gpt-5-mini", "Refund only to the card.", 1000, "RF-2");

  private String run(
      long seed, long before, String model, String instructions, long millis, String result) {
    SpanScript script = new SpanScript(seed, "refunds", "production", NOW.minusSeconds(before));
    script.agent(
        "refunds",
        "Refund order W12.",
        true,
        null,
        () -> {
          script.instructed("You are the refunds agent.\n" + instructions);
          script.model(model, millis, 100, 10, "0.01", "", "c", "refund", "{\"order\":\"W12\"}");
          script.tool(
              "c", "payments", "refund", 100, "{\"order\":\"W12\"}", "\"" + result + "\"", null);
          script.model(model, millis, 100, 10, "0.01", "Done.");
        });
    stage.write(script.spans());
    return script.traceId();
  }

  private String html(String path) {
    return stage.html(path, Stage.OPERATOR);
  }

  @Test
  void runsOfThousandsOfStepsAreComparedByTheirFirst() {
    stage.write(Stories.endless(NOW.minusSeconds(9_000), 4_001));
    String marathon = Stories.endless(NOW.minusSeconds(9_000), 3).getFirst().key().traceId();
    String html = html("/runs/" + marathon + "/compare/" + fast);
    assertThat(html)
        .contains("shell ×2000", "Run 7: I change the wait", "The first 400 steps of each")
        .doesNotContain("Run 900:");
  }

  @Test
  void whatDiffersStandsFirst() {
    String html = html("/runs/" + slow + "/compare/" + fast);
    assertThat(html.indexOf("gpt-5-mini")).isLessThan(html.indexOf("The same in both"));
    assertThat(html)
        .contains("Refund at once.", "Refund only to the card.")
        .contains("−66 %")
        .containsSubsequence("The same in both", "<dt>Tools called</dt>", "payments/refund");
  }

  @Test
  void stepsAreMatchedAndThoseThatDifferAreMarked() {
    String html = html("/runs/" + slow + "/compare/" + fast);
    assertThat(html)
        .containsPattern("step-pair differs[^¶]*RF-1[^¶]*RF-2")
        .contains("step-pair same");
  }

  @Test
  void earlierRunsAreOfferedAndAnyIdWillDo() {
    assertThat(html("/runs/" + fast + "/compare"))
        .contains("Runs of refunds before it", "/runs/" + fast + "/compare/" + slow);
    assertThat(stage.get("/runs/" + fast + "/compare", Map.of("with", slow), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/runs/" + fast + "/compare/" + slow));
    PageResponse wrong =
        stage.get("/runs/" + fast + "/compare", Map.of("with", "abc"), Stage.OPERATOR);
    assertThat(((PageResponse.Html) wrong).body()).contains("has the id abc");
  }

  @Test
  void whoMayNotReadContentComparesFiguresOnly() {
    String html = stage.html("/runs/" + slow + "/compare/" + fast, Stage.VIEWER);
    assertThat(html)
        .contains("gpt-5-mini", "words are not compared")
        .doesNotContain("Refund at once", "W12", "RF-1");
  }

  @Test
  void aRunThatIsNotThereIsNotFound() {
    PageResponse missing = stage.get("/runs/" + slow + "/compare/none", Map.of(), Stage.OPERATOR);
    assertThat(((PageResponse.Html) missing).status()).isEqualTo(404);
  }
}
