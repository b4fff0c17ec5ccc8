// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.message;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static dev.steward.trace.SpanDraft.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final Reader VIEWER =
      new Reader(Actor.SYSTEM, "Viewer", (permission, _) -> permission == Permission.READ);
  private static final String RUN = "/runs/" + trace(1);

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void write() {
    stage.control.apply(
        Yaml.documents(
            Yaml.DANA,
            Yaml.agent("clerk", "value: {approved: 2 USD}\n  version: {code: {build: 1}}")));
    stage.write(
        List.of(
            span(SpanKind.AGENT, 1, 1)
                .at(NOW.minusSeconds(300))
                .by("clerk")
                .sentBy("clerk")
                .build(),
            span(SpanKind.TOOL, 1, 2)
                .under(1)
                .at(NOW.minusSeconds(290))
                .tool("look", "c1")
                .says(content(List.of(), List.of(), "{\"error\":\"no such <order>\"}"))
                .build(),
            answer(1, 3, "Order 4711 is paid.", "Pay it.").cost("0.25").build(),
            span(SpanKind.AGENT, 2, 1)
                .at(NOW.minusSeconds(200))
                .by("clerk")
                .sentBy("clerk")
                .build(),
            answer(2, 3, "Fine.", "Is it?").costUnknown().build()));
    stage.signs.look();
  }

  @Test
  void aRunShowsWhatHasNoSourceAndWhatWasPassedOverOneClickFromTheStep() {
    String page = stage.html(RUN + "/signals", ADMIN);

    assertThat(page)
        .contains("1 without a source", "<bdi>4711</bdi>", RUN + "?step=" + id(3) + "#s-" + id(3))
        .contains("1 passed over", "<bdi>look</bdi>", RUN + "?step=" + id(2) + "#s-" + id(2))
        .contains("error: no such &lt;order&gt;");
    assertThat(stage.html(RUN, ADMIN)).contains("href=\"" + RUN + "/signals\"");
    assertThat(stage.html(RUN + "/effects", ADMIN)).contains("href=\"" + RUN + "/signals\"");
  }

  @Test
  void theViewHasTheRunsHeadAndTabsAndKeepsTheSelectedStep() {
    String step = "?step=" + id(3) + "#s-" + id(3);
    String page = selected("/signals");

    assertThat(page)
        .contains("Right action?", "<aside class=\"reading-side\"", "data-detail")
        .contains("href=\"" + RUN + "/effects" + step, "href=\"" + RUN + "/signals" + step)
        .contains("aria-current=\"page\" data-key=\"6\" data-keep-step")
        .doesNotContain("data-play", "Select a step to see");
    assertThat(selected("/effects")).contains("href=\"" + RUN + "/signals" + step);
  }

  @Test
  void wordsAreLeftOutForWhoMayNotReadContent() {
    String page = stage.html(RUN + "/signals", VIEWER);

    assertThat(page)
        .contains("You may not read what was said", "1 without a source", "left out")
        .doesNotContain("4711", "no such");
  }

  @Test
  void whatWasNotCapturedIsNotKnown() {
    stage.write(
        List.<Span>of(span(SpanKind.AGENT, 7, 1).at(NOW.minusSeconds(90)).by("clerk").build()));

    String page = stage.html("/runs/" + trace(7) + "/signals", ADMIN);

    assertThat(page).contains("Not known", "No answer was captured.");
  }

  @Test
  void anAgentShowsItsFiguresWithIntervalsAndSaysWhatIsUnknown() {
    String page = stage.html("/agents/clerk/signals", ADMIN);

    assertThat(page)
        .contains("2 runs that ended began")
        .contains("Cost per successful task", "of no task is it known whether it succeeded")
        .contains("≥ 0.25", "Value of outcomes", "not all costs are known")
        .contains("Runs with ungrounded answers", "100 %", "n 1")
        .contains("href=\"/runs?agent=clerk");
    assertThat(stage.html("/agents/clerk", ADMIN)).contains("href=\"/agents/clerk/signals\"");
  }

  @Test
  void anAgentWithoutARunSaysSo() {
    Stage empty = Stage.empty(InstantSource.fixed(NOW));
    empty.control.apply(
        Yaml.documents(Yaml.DANA, Yaml.agent("clerk", "version: {code: {build: 1}}")));
    assertThat(empty.html("/agents/clerk/signals", ADMIN)).contains("No run that ended");
  }

  private String selected(String view) {
    return ((PageResponse.Html) stage.get(RUN + view, Map.of("step", id(3)), ADMIN)).body();
  }

  private static dev.steward.trace.SpanDraft answer(int trace, int id, String text, String asked) {
    return span(SpanKind.MODEL, trace, id)
        .under(1)
        .at(NOW.minusSeconds(280))
        .says(content(List.of(user(asked)), List.of(message("assistant", text)), null));
  }

  private static Content content(
      List<Message> input, List<Message> output, @org.jspecify.annotations.Nullable String result) {
    return new Content(
        input, output, null, null, null, result == null ? null : Message.of(result), null);
  }
}
