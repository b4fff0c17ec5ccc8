// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.effect;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the pages of a run say of its tool calls: what they did, whether it was undone, and why
/// they were made.
class EffectPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final Reader VIEWER =
      new Reader(Actor.SYSTEM, "Viewer", (permission, _) -> permission == Permission.READ);
  private static final String BANK =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: bank}
      spec:
        owner: dana@example.com
        url: http://127.0.0.1:9101/mcp
        tools:
          - {name: look, description: Reads., effect: read}
          - {name: pay, description: Pays., effect: money, compensatedBy: refund}
          - {name: refund, description: Gives back., effect: money}
          - {name: mail, description: Writes., effect: message}
      """;
  private static final String RUN = "/runs/" + trace(1);

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void write() {
    stage.control.apply(Yaml.documents(Yaml.DANA, BANK));
    List<Span> spans = new ArrayList<>();
    spans.add(
        span(SpanKind.AGENT, 1, 1).at(NOW.minusSeconds(300)).by("clerk").sentBy("clerk").build());
    spans.add(
        span(SpanKind.MODEL, 1, 2).under(1).at(NOW.minusSeconds(290)).sentBy("clerk").build());
    String why = "{\"steward.decision\":\"allow\",\"steward.why\":\"" + id(2) + "\"}";
    String none =
        "{\"steward.decision\":\"allow\",\"steward.why\":\"\",\"steward.unattributed\":true}";
    spans.add(call(3, "pay", 280, "{\"to\":\"ann\",\"amount\":5}", why).build());
    spans.add(call(4, "pay", 270, "{\"to\":\"bob\",\"amount\":7}", why).build());
    spans.add(call(5, "refund", 260, "{\"to\":\"ann\",\"amount\":5}", none).build());
    spans.add(call(6, "look", 250, "{\"of\":\"ann\"}", why).build());
    spans.add(call(7, "mail", 240, "{\"to\":\"cat\"}", none).failed().build());
    spans.add(
        span(SpanKind.TOOL, 1, 8)
            .under(1)
            .at(NOW.minusSeconds(230))
            .sentBy("clerk")
            .tool("pay", null)
            .says(arguments("{\"to\":\"eve\"}"))
            .build());
    stage.write(spans);
  }

  @Test
  void eachEffectStandsWithTargetTimeReversibilityAndCompensation() {
    String page = stage.html(RUN + "/effects", ADMIN);

    assertThat(page).contains("5 calls of clerk did something to the world.");
    assertThat(rows(page)).hasSize(5);
    assertThat(rows(page).get(0))
        .contains("bank/pay", "ann", "money", "datetime=\"2026-11-21T11:55:20Z\"")
        .contains("Done", "Through the gateway", "by refund", "Compensated")
        .contains("?step=" + id(5) + "#s-" + id(5))
        .contains("?step=" + id(2) + "#s-" + id(2));
    assertThat(rows(page).get(1)).contains("bob", "by refund").doesNotContain("Compensated");
    assertThat(rows(page).get(2))
        .contains("bank/refund", "<td data-head=\"Reversible\">no</td>")
        .contains("unattributed: no model step proposed it");
    assertThat(rows(page).get(3)).contains("bank/mail", "message", "Failed, may have acted");
    assertThat(rows(page).get(4)).contains("bank/pay", "eve", "Ungoverned");
  }

  @Test
  void targetsAreLeftOutForWhoMayNotReadContent() {
    String page = stage.html(RUN + "/effects", VIEWER);

    assertThat(page)
        .contains("You may not read what was said, so targets are left out.")
        .doesNotContain(">ann<", ">bob<", ">eve<");
    assertThat(rows(page)).hasSize(5);
  }

  @Test
  void theRunsOwnPageSaysWhyEachToolWasCalled() {
    String page = stage.html(RUN, ADMIN);

    assertThat(step(page, 3))
        .contains("why: <a href=\"" + RUN + "?step=" + id(2) + "#s-" + id(2) + "\"")
        .contains("the model step that proposed it")
        .doesNotContain("unattributed");
    assertThat(step(page, 5)).contains("unattributed").doesNotContain("why: <a");
    assertThat(step(page, 8)).doesNotContain("why: <a", "unattributed");
    assertThat(step(stage.html(RUN, VIEWER), 3)).contains("the model step that proposed it");
  }

  private static SpanDraft call(
      long number, String tool, int secondsAgo, String arguments, String attributes) {
    return span(SpanKind.TOOL, 1, number)
        .under(1)
        .at(NOW.minusSeconds(secondsAgo))
        .sentBy("clerk")
        .byGateway()
        .tool("bank", tool, null)
        .says(arguments(arguments))
        .attributes(attributes);
  }

  private static Content arguments(String json) {
    return new Content(List.of(), List.of(), null, null, Message.of(json), null, null);
  }

  private static List<String> rows(String page) {
    List<String> rows = new ArrayList<>();
    String body = page.substring(page.indexOf("<tbody>"), page.indexOf("</tbody>"));
    for (String row : body.split("<tr", -1)) {
      if (row.contains("<th")) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String step(String page, long number) {
    int from = page.indexOf("data-span=\"" + id(number) + "\"");
    assertThat(from).as("the step of span " + number).isPositive();
    return page.substring(from, page.indexOf("</article>", from));
  }
}
