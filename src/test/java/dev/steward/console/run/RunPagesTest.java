// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The parts in which the views of a long run are shown.
class RunPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String RUN = "/runs/" + trace(1);
  private static final int SPANS = 1_200;
  private static final Stage STAGE = Stage.empty(InstantSource.fixed(NOW));

  @BeforeAll
  static void write() {
    List<Span> spans = new ArrayList<>();
    Instant start = NOW.minusSeconds(3_600);
    spans.add(span(SpanKind.AGENT, 1, 1).at(start).by("mover").build());
    for (int number = 2; number <= SPANS; number++) {
      spans.add(
          span(SpanKind.TOOL, 1, number)
              .under(1)
              .at(start.plusSeconds(number))
              .tool("move", "call-" + number)
              .build());
    }
    STAGE.write(spans);
  }

  private static String page(String view, Map<String, String> query) {
    return ((PageResponse.Html) STAGE.get(RUN + view, query, Stage.OPERATOR)).body();
  }

  private static String raw(long number) {
    return "id=\"s-" + id(number) + "\"";
  }

  @Test
  void rawSpansAreShownInPartsWithTheWayOnAndBack() {
    String first = page("/raw", Map.of());
    assertThat(first)
        .contains(raw(1), raw(50), "Further spans", "of 1,200", RUN + "/raw?from=50")
        .doesNotContain(raw(51), "Earlier spans");

    String second = page("/raw", Map.of("from", "50"));
    assertThat(second)
        .contains(raw(51), raw(100), RUN + "/raw?from=100", "Earlier spans", RUN + "/raw?from=0")
        .doesNotContain(raw(50));

    assertThat(page("/raw", Map.of("from", "1150")))
        .contains(raw(1_200))
        .doesNotContain("Further spans");
  }

  @Test
  void eachViewOpensOnTheSelectedStep() {
    String step = id(1_100);
    Map<String, String> selected = Map.of("step", step);

    assertThat(page("", selected)).contains("data-span=\"" + step + "\"", "Earlier steps");
    assertThat(page("/waterfall", selected))
        .contains(raw(1_100), raw(1_001), "Earlier spans", RUN + "/waterfall?from=500")
        .doesNotContain(raw(1_000));
    assertThat(page("/raw", selected))
        .contains(raw(1_100) + " open", raw(1_099))
        .doesNotContain(raw(1_050), raw(1_101), raw(1_099) + " open");
    for (String view : List.of("", "/waterfall", "/graph", "/raw", "/effects", "/signals")) {
      assertThat(page(view, selected)).as(view).contains("data-close-detail");
    }
  }

  @Test
  void theWaysToTheOtherViewsNameTheSelectedStep() {
    String step = id(1_100);
    for (String at : List.of("", "/waterfall", "/graph", "/raw", "/effects", "/signals")) {
      String page = page(at, Map.of("step", step));
      for (String to : List.of("", "/waterfall", "/graph", "/raw", "/effects", "/signals")) {
        assertThat(page).as(at).contains("href=\"" + RUN + to + "?step=" + step + "#s-" + step);
      }
      assertThat(page(at, Map.of())).as(at).contains("href=\"" + RUN + "/effects\"");
    }
    assertThat(page("/raw", Map.of("step", "\"><b>")))
        .contains("href=\"" + RUN + "/effects\"")
        .doesNotContain("\"><b>");
  }

  @Test
  void theViewOfEffectsHasTheRunsHeadAndAnswers() {
    assertThat(page("/effects", Map.of()))
        .contains("mover", "Right action?", "Right policy?", "Can you prove it?")
        .containsPattern("aria-current=\"page\"[^>]*data-key=\"5\"");
  }
}
