// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @Test
  void anEmptyServerSaysWhereCostComesFrom() {
    assertThat(text(Map.of()))
        .contains("Nothing was spent", "from tokens and the price table", "Show all time");
  }

  @Test
  void agentsAreSummedTheCostliestFirst() {
    spend("inbox", 3600, "0.25");
    spend("refunds", 7200, "1.5");
    String page = text(Map.of());
    assertThat(page).contains("1.75 USD were spent in the last 7 days.");
    assertThat(page.indexOf(" refunds ")).isLessThan(page.lastIndexOf(" inbox "));
    assertThat(page).contains("Every call is accounted for");
  }

  @Test
  void whatIsUnknownIsCountedApartAndNeverZero() {
    SpanScript unknown = new SpanScript(3, "notes", "production", NOW.minusSeconds(400));
    unknown.agent(
        "notes", "hi", true, null, () -> unknown.model("house-llm-2", 500, 1, 1, null, "One."));
    stage.write(unknown.spans());
    assertThat(text(Map.of())).contains("What was spent in the last 7 days is unknown: 1 call has");
    assertThat(html(Map.of())).contains("cost=unknown");
    stage.write(Stories.unpriced(NOW.minusSeconds(400)));
    assertThat(text(Map.of())).contains("At least 0.000310 USD", "2 calls have no known cost");
  }

  @Test
  void theTimeBeforeIsComparedWith() {
    spend("refunds", 7200, "1.5");
    spend("refunds", 8 * 86_400, "1");
    spend("inbox", 7200, "0.5");
    String page = text(Map.of());
    assertThat(page).contains("+100 %", "+50 %", "1.00 USD the time before", "new");
  }

  @Test
  void aSecondDimensionSplitsEachGroup() {
    spend("refunds", 7200, "1.5");
    assertThat(html(Map.of("split", "model"))).contains("part-row", "gpt-5-mini");
    assertThat(html(Map.of("by", "model", "split", "agent"))).contains("part-row", "refunds");
    assertThat(html(Map.of("split", "agent"))).doesNotContain("part-row");
  }

  @Test
  void groupsLeadToThemselvesAloneAndToTheirRuns() {
    spend("refunds", 7200, "1.5");
    assertThat(html(Map.of()))
        .contains(
            "/cost?agent=refunds&amp;by=model&amp;range=7d", "/runs?agent=refunds&amp;range=7d");
    assertThat(html(Map.of("by", "day")))
        .contains("/cost?range=2026-11-21T00%3A00..2026-11-22T00%3A00");
    assertThat(text(Map.of("range", "2026-11-20T00:00..2026-11-20T12:00")))
        .contains("Nothing was spent");
  }

  @Test
  void aSuccessHasNoPriceOnTooSmallASample() {
    spend("refunds", 7200, "1.5");
    assertThat(text(Map.of())).contains("not enough data", "no outcome told");
    assertThat(Stage.full(InstantSource.fixed(NOW)).html("/cost", Stage.OPERATOR))
        .contains("judged");
  }

  @Test
  void theBudgetsThatPaySayWhereTheyAreHeading() {
    Stage full = Stage.full(InstantSource.fixed(NOW));
    assertThat(html(full, Map.of()))
        .contains(
            "Forecast", "/budgets#budget-0", "everything-monthly", "<span class=\"money\">1,000")
        .contains("support-daily", "too early to say", "Stops calls")
        .doesNotContain("refunds-tokens", "triage-runs");
    assertThat(html(full, Map.of("agent", "inbox")))
        .contains("everything-monthly")
        .doesNotContain("support-daily");
    assertThat(html(full, Map.of("team", "support"))).contains("support-daily");
    assertThat(html(full, Map.of("range", "2026-11-01T00:00..2026-11-20T00:00")))
        .doesNotContain("everything-monthly");
  }

  @Test
  void filesAreOfWhatIsShown() {
    spend("refunds", 7200, "1.5");
    assertThat(html(Map.of("by", "model", "split", "team", "agent", "refunds")))
        .contains("by=model%2Cteam", "format=csv", "format=focus", "agent=refunds");
  }

  @Test
  void whoSeesOneAgentSeesItsCostAlone() {
    spend("refunds", 7200, "1.5");
    spend("inbox", 3600, "0.25");
    Reader scoped =
        new Reader(Actor.person("p-ana"), "Ana", (_, target) -> target.agent().equals("refunds"));
    PageResponse response = stage.get("/cost", Map.of(), scoped);
    String page = ((PageResponse.Html) response).body();
    assertThat(page).contains("1.50 USD were spent", ">refunds<").doesNotContain("inbox");
    assertThat(((PageResponse.Html) stage.get("/cost", Map.of("agent", "inbox"), scoped)).body())
        .contains("Nothing was spent");
  }

  private void spend(String agent, long secondsAgo, String amount) {
    SpanScript script =
        new SpanScript(
            (int) secondsAgo + agent.length(), agent, "production", NOW.minusSeconds(secondsAgo));
    script.agent(
        agent, "hello", true, null, () -> script.model("gpt-5-mini", 500, 1, 1, amount, "One."));
    stage.write(script.spans());
  }

  private String html(Map<String, String> query) {
    return html(stage, query);
  }

  private static String html(Stage stage, Map<String, String> query) {
    return ((PageResponse.Html) stage.get("/cost", query, Stage.OPERATOR)).body();
  }

  private String text(Map<String, String> query) {
    return html(query).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }
}
