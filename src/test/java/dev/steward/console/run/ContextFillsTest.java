// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.rate.ContextWindows;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContextFillsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:00Z");
  private static final ContextWindows TEN_THOUSAND =
      (provider, responseModel, requestModel, at) -> OptionalLong.of(10_000);

  private final SpanScript script =
      new SpanScript(1, "refunds", "production", NOW.minusSeconds(60));

  private void calls(long... tokens) {
    script.agent(
        "refunds",
        "Refund order W12.",
        true,
        null,
        () -> {
          for (long each : tokens) {
            script.model("gpt-4o", 100, each, 10, "0.01", "Said at " + each + ".");
          }
        });
  }

  private List<ContextFill> fills(ContextWindows windows) {
    return new ContextFills(windows).all(SpanTree.of(script.spans()));
  }

  @Test
  void theFullestCallOfARunIsFound() {
    calls(100, 8_600, 40);
    List<ContextFill> fills = fills(TEN_THOUSAND);
    assertThat(fills).hasSize(3);
    ContextFill highest = ContextFills.highest(fills).orElseThrow();
    assertThat(highest.words()).isEqualTo("8,600 of 10.0 k tokens, 86 %");
    assertThat(highest.nearlyFull()).isTrue();
    assertThat(fills.getLast().share()).isEqualTo("under 1 %");
    assertThat(fills.getFirst().nearlyFull()).isFalse();
  }

  @Test
  void whatNobodyKnowsStaysUnknown() {
    calls(100, 8_600);
    assertThat(fills(ContextWindows.UNKNOWN)).isEmpty();
  }

  @Test
  void aWindowSmallerThanWhatItHeldIsNotTheOneInForce() {
    calls(10_001);
    assertThat(fills(TEN_THOUSAND)).isEmpty();
  }

  @Test
  void anOutlineKnowsItToo() {
    calls(100, 8_600);
    List<Span> outlines = script.spans().stream().map(Span::outline).toList();
    assertThat(new ContextFills(TEN_THOUSAND).all(SpanTree.of(outlines)))
        .isEqualTo(fills(TEN_THOUSAND));
  }

  @Test
  void aRunsPageShowsItsFullestCallAndMarksWhereLittleRoomIsLeft() {
    Stage stage = Stage.empty(InstantSource.fixed(NOW));
    calls(6_400, 121_000);
    stage.write(script.spans());
    String html = stage.html("/runs/" + script.traceId(), Stage.OPERATOR);
    assertThat(html)
        .contains("up to 95 %", "121 k of 128 k tokens", "5 % of 128 k", "Window over 80 % full");
  }

  @Test
  void aRunsPageSaysNothingOfAWindowThatNobodyKnows() {
    Stage stage = Stage.empty(InstantSource.fixed(NOW));
    script.agent(
        "refunds",
        "Refund order W12.",
        true,
        null,
        () -> script.model("home-made", 100, 400, 10, null, "Done."));
    stage.write(script.spans());
    String html = stage.html("/runs/" + script.traceId(), Stage.OPERATOR);
    assertThat(html).contains("home-made").doesNotContain("context window");
  }
}
