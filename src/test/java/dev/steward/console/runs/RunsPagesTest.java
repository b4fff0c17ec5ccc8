// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Declared;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunsPagesTest {
  private static Stage stage;

  @BeforeAll
  static void setUp() {
    stage = Stage.full(() -> Instant.parse("2026-11-21T09:00:00Z"));
    stage.control.apply(Declared.PEOPLE);
    stage.control.apply(Declared.refunds("Be kind.", "get_order"));
  }

  @Test
  void aCostOfAtLeastLeavesOutWhatCostLess() {
    assertThat(rows(Map.of())).isPositive();
    assertThat(rows(Map.of("minCost", "1000000"))).isZero();
    assertThat(rows(Map.of("minSeconds", "1000000"))).isZero();
    assertThat(rows(Map.of("costKnown", "false"))).isLessThan(rows(Map.of("range", "all")));
  }

  @Test
  void aLabelMeansTheAgentsThatCarryIt() {
    String page = page(Map.of("label", "tier=gold", "range", "all"));
    assertThat(page).contains("data-href").contains("Label tier=gold");
    assertThat(rows(Map.of("label", "tier=none"))).isZero();
  }

  @Test
  void aTimeOfItsOwnStandsAboveTheUsualRanges() {
    Run oldest = stage.store.runs(RunQuery.newest(500)).items().getLast();
    Map<String, String> query = new HashMap<>(Map.of("to", oldest.startedAt().toString()));
    assertThat(rows(query)).isZero();
    query.put("to", oldest.startedAt().plusNanos(1_000_000).toString());
    String page = page(query);
    assertThat(page).contains(oldest.id()).contains(">Custom<").contains("Started before");
    assertThat(page).doesNotContain("data-live=\"/live/runs");
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    assertThat(rows(Map.of("minCost", "much", "from", "soon", "status", "odd")))
        .isEqualTo(rows(Map.of()));
  }

  @Test
  void theExportAsksTheApiForTheSameRuns() {
    assertThat(page(Map.of("agent", "refunds", "errors", "yes")))
        .contains("/api/v1/runs.csv?agent=refunds&amp;errors=true&amp;from=2026");
  }

  @Test
  void twoTickedRunsAreCompared() {
    assertThat(stage.get("/compare", Map.of("run-b", "on", "run-a", "on"), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/runs/a/compare/b"));
    PageResponse.Html one =
        (PageResponse.Html) stage.get("/compare", Map.of("run-a", "on"), Stage.OPERATOR);
    assertThat(one.status()).isEqualTo(400);
    assertThat(one.body()).contains("one was ticked");
  }

  @Test
  void searchLeadsToWhatIsNamed() {
    assertThat(stage.get("/search", Map.of("q", "claims"), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/agents/claims"));
    assertThat(stage.get("/search", Map.of("q", "2"), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/ledger/2"));
    String several = html(stage.get("/search", Map.of("q", "e"), Stage.OPERATOR));
    assertThat(several).contains("/agents/refunds").contains("/agents/letters");
  }

  @Test
  void searchSaysNothingOfWhatTheReaderMayNotSee() {
    assertThat(html(stage.get("/search", Map.of("q", "cracked boiler"), Stage.VIEWER)))
        .contains("Nothing is called so")
        .doesNotContain("/runs?q");
  }

  private static String page(Map<String, String> query) {
    return html(stage.get("/runs", query, Stage.OPERATOR));
  }

  private static int rows(Map<String, String> query) {
    return page(query).split("data-href", -1).length - 1;
  }

  private static String html(PageResponse response) {
    return ((PageResponse.Html) response).body();
  }
}
