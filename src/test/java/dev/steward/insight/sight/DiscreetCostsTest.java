// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.Silence;
import dev.steward.trace.tail.InMemorySpanStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may see fact-check alone sees what it cost, and not who called it for what.
class DiscreetCostsTest {
  private final InMemorySpanStore store =
      new InMemorySpanStore(_ -> Optional.empty(), Silence.DEFAULT, () -> NOON.plusSeconds(60));
  private TraceQueries seen = store;

  @BeforeEach
  void oneRunOfItsOwnAndOneOfAnotherTeams() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("takeover").workflow("secret-merger").environment("prod"),
            span(SpanKind.TOOL, 1, 2).under(1).at(1).tool("deals", "look_up", "c1"),
            span(SpanKind.AGENT, 1, 3).under(2).at(1).by("fact-check"),
            span(SpanKind.MODEL, 1, 4).under(3).at(2).model("gpt-5").cost("0.25"),
            span(SpanKind.MODEL, 1, 5).under(1).at(2).model("gpt-5").cost("8"),
            span(SpanKind.AGENT, 2, 1).by("fact-check").workflow("checking").environment("prod"),
            span(SpanKind.MODEL, 2, 2).under(1).at(2).model("gpt-5").cost("0.5")));
    AgentSight sight = new AgentSight((_, target) -> target.agent().equals("fact-check"), Map.of());
    seen = new RecentAgents(store, () -> NOON.plusSeconds(60)).traces(sight);
  }

  private List<String> cost(Map<By, Set<String>> only, By... by) {
    return seen.cost(new CostQuery(List.of(by), NOON, NOON.plus(Duration.ofDays(1)), only)).stream()
        .map(row ->
            String.join(" ", row.group()) + " " + row.cost().amount() + " runs " + row.runs())
        .toList();
  }

  @Test
  void allThatItSpentIsCounted() {
    assertThat(cost(Map.of(), By.AGENT)).containsExactly("fact-check 0.75 runs 2");
    assertThat(cost(Map.of(), By.TEAM, By.MODEL)).containsExactly(" gpt-5 0.75 runs 2");
  }

  @Test
  void nothingNamesTheOneThatCalledItNorItsWork() {
    for (By telling : List.of(By.WORKFLOW, By.RUN, By.TOOL, By.CALLER)) {
      assertThat(cost(Map.of(), telling, By.AGENT))
          .as(telling.name())
          .hasSize(2)
          .contains(DiscreetCosts.HIDDEN + " fact-check 0.25 runs 1")
          .noneMatch(row -> row.contains("takeover") || row.contains("merger"))
          .noneMatch(row -> row.contains("deals") || row.contains(trace(1)));
    }
  }

  @Test
  void nobodyFindsOutByAsking() {
    assertThat(cost(Map.of(By.WORKFLOW, Set.of("secret-merger")), By.AGENT)).isEmpty();
    assertThat(cost(Map.of(By.RUN, Set.of(trace(1))), By.AGENT)).isEmpty();
    assertThat(cost(Map.of(By.TOOL, Set.of("deals/look_up")), By.DAY)).isEmpty();
    assertThat(cost(Map.of(By.CALLER, Set.of("takeover")), By.DAY)).isEmpty();
    assertThat(cost(Map.of(By.WORKFLOW, Set.of("checking")), By.AGENT))
        .containsExactly("fact-check 0.5 runs 1");
  }

  @Test
  void noStepIsNamedThatTheCallerTook() {
    assertThat(cost(Map.of(), By.STEP)).allMatch(row -> row.startsWith("MODEL"));
  }
}
