// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Spend;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every span store answers to questions about cost.
public abstract class CostQueriesContract extends RunQueriesContract {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void groupsCostByAnythingAndCountsTheUnknownApart() {
    writeFour();

    assertThat(cost(By.AGENT))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()) + " " + row.runs())
        .containsExactly("coder 0/0/1 1", "refunds 2.25/3/0 2", "research 0/0/1 1");
    assertThat(cost(By.DAY, By.TEAM))
        .extracting(row -> String.join(" ", row.group()) + " " + shown(row.cost()))
        .containsExactly("2026-11-20  0/0/1", "2026-11-20 support 2.25/3/0", "2026-11-21  0/0/1");
    assertThat(cost(By.TOOL))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly(" 2/2/2", "payments/refund 0.25/1/0");
    assertThat(cost(By.MODEL, By.VERSION, By.WORKFLOW)).hasSize(5);
    assertThat(cost())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.cost()).isEqualTo(new RunCost(new BigDecimal("2.25"), "USD", 3, 2));
          assertThat(row.runs()).isEqualTo(4);
          assertThat(row.modelCalls()).isEqualTo(5);
          assertThat(row.inputTokens()).isEqualTo(112);
          assertThat(row.outputTokens()).isEqualTo(22);
        });
    assertThat(
            store.cost(
                new CostQuery(
                    List.of(By.MODEL), NOON, NOON.plusSeconds(60), "refunds", "production")))
        .hasSize(2);
  }

  @Test
  void groupsCostByEnvironmentHourAndMinuteOfSomeAlone() {
    writeFour();

    assertThat(cost(By.ENVIRONMENT))
        .extracting(row -> row.group().getFirst())
        .contains("production");
    assertThat(cost(By.RUN))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.runs()).isEqualTo(1))
        .extracting(row -> row.group().getFirst())
        .containsExactlyInAnyOrderElementsOf(
            store.runs(RunQuery.newest(9)).items().stream().map(Run::id).toList());
    assertThat(cost(By.HOUR))
        .extracting(row -> row.group().getFirst())
        .startsWith("2026-11-20T12:00:00Z")
        .isSorted();
    assertThat(cost(By.MINUTE))
        .extracting(row -> row.group().getFirst())
        .contains("2026-11-20T12:00:00Z", "2026-11-20T12:01:00Z");
    CostQuery all = new CostQuery(List.of(By.AGENT), NOON, NOON.plus(DAY).plus(DAY), Map.of());
    assertThat(store.cost(only(all, Map.of(By.MODEL, Set.of("gpt-5", "gpt-5-mini")))))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly("refunds 2.25/3/0");
    assertThat(store.cost(all.withoutRuns()))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.runs()).isNull());
    assertThat(store.cost(only(all, Map.of(By.MODEL, Set.of())))).isEmpty();
    assertThat(store.cost(only(all, Map.of(By.TEAM, Set.of("it's nobody's"))))).isEmpty();
  }

  @Test
  void groupsCostByWhatItWentToByWhomItIsPaidAndByStep() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("refunds").environment("production"),
            span(SpanKind.STEP, 1, 2).under(1).named("plan"),
            span(SpanKind.MODEL, 1, 3).under(2).at(1).model("gpt-5").usage(9, 9).cost("0.0312"),
            span(SpanKind.TOOL, 1, 4)
                .under(2)
                .at(2)
                .tool("payments", "refund", "c1")
                .charged(Spend.TOOL, "payments", "0.002")
                .charged(Spend.COMPUTE, "aws", "0.00015"),
            span(SpanKind.TOOL, 1, 5)
                .under(4)
                .at(3)
                .tool("payments", "refund", "c1")
                .charged(Spend.TOOL, "payments", "0.002"),
            span(SpanKind.RETRIEVER, 1, 6)
                .under(1)
                .at(4)
                .named("search guidelines")
                .charged(Spend.RETRIEVAL, "pinecone", "0.0004"),
            span(SpanKind.OTHER, 1, 7)
                .under(1)
                .at(5)
                .named("review by dana")
                .charged(Spend.REVIEW, "people", null)));

    assertThat(cost(By.WHAT))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly(
            "compute 0.00015/1/0",
            "model 0.0312/1/0",
            "retrieval 0.0004/1/0",
            "review 0/0/1",
            "tool 0.002/1/0");
    assertThat(cost(By.PROVIDER))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly(
            "aws 0.00015/1/0",
            "openai 0.0312/1/0",
            "payments 0.002/1/0",
            "people 0/0/1",
            "pinecone 0.0004/1/0");
    assertThat(cost(By.STEP))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly(
            "plan 0.03335/3/0", "review by dana 0/0/1", "search guidelines 0.0004/1/0");
    CostQuery ofRun =
        new CostQuery(List.of(By.WHAT), NOON, NOON.plus(DAY), Map.of(By.RUN, Set.of(trace(1))));
    assertThat(store.cost(ofRun)).hasSize(5);
    assertThat(store.cost(only(ofRun, Map.of(By.RUN, Set.of("no run"))))).isEmpty();
    assertThat(store.cost(only(ofRun, Map.of(By.WHAT, Set.of("review", "tool"))))).hasSize(2);
    Run run = store.run(trace(1)).orElseThrow();
    assertThat(run.cost()).isEqualTo(new RunCost(new BigDecimal("0.03375"), "USD", 4, 1));
    assertThat(RunCosts.of(store, run).keySet())
        .containsExactly(Spend.MODEL, Spend.TOOL, Spend.RETRIEVAL, Spend.COMPUTE, Spend.REVIEW);
    assertThat(store.outline(trace(1)))
        .filteredOn(span -> span.kind() == SpanKind.TOOL)
        .first()
        .satisfies(span -> assertThat(span.charges()).hasSize(2))
        .satisfies(span ->
            assertThat(span.total())
                .isEqualTo(
                    new Cost.Known(
                        new BigDecimal("0.00215"), "USD", Cost.Source.PRICED, "row-2+row-2")));
  }

  private static CostQuery only(CostQuery query, Map<By, Set<String>> only) {
    return new CostQuery(query.by(), query.from(), query.to(), only);
  }

  @Test
  void aTaskCostsWhatAllOfItsRunsCost() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("a").task("order-7"),
            span(SpanKind.MODEL, 1, 2).under(1).cost("0.5"),
            span(SpanKind.AGENT, 2, 1).by("a").task("order-7"),
            span(SpanKind.MODEL, 2, 2).under(1).cost("0.25"),
            span(SpanKind.AGENT, 3, 1).by("a"),
            span(SpanKind.MODEL, 3, 2).under(1).costUnknown(),
            span(SpanKind.AGENT, 4, 1).by("a"),
            span(SpanKind.MODEL, 4, 2).under(1).cost("9")));
    store.write(
        new BatchDraft()
            .evaluation(outcome(1, "failure", NOON))
            .evaluation(outcome(2, "success", NOON))
            .evaluation(outcome(3, "failure", NOON))
            .build());

    CostQuery query = new CostQuery(List.of(By.AGENT), NOON, NOON.plus(DAY), Map.of());
    CostQuery.TaskRow expected =
        new CostQuery.TaskRow(
            List.of("a"), 4, 3, 2, 1, new RunCost(new BigDecimal("0.75"), "USD", 2, 1));
    assertThat(store.tasks(query)).containsExactly(expected);
    assertThat(store.tasks(query.groupedBy()))
        .singleElement()
        .satisfies(row -> assertThat(row.judged()).isEqualTo(2));
    assertThat(store.tasks(only(query, Map.of(By.AGENT, Set.of("b"))))).isEmpty();
    assertThatThrownBy(() -> store.tasks(query.groupedBy(By.MODEL)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubAgentsCostIsItsOwn() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("research").sentBy("research").environment("production"),
            span(SpanKind.MODEL, 1, 2).under(1).sentBy("research").cost("1"),
            span(SpanKind.AGENT, 1, 3).under(1).at(1).by("fact-check").sentBy("research"),
            span(SpanKind.STEP, 1, 4).under(3).at(1).sentBy("research"),
            span(SpanKind.MODEL, 1, 5).under(4).at(2).sentBy("research").cost("0.25"),
            span(SpanKind.MODEL, 1, 6).under(4).at(2).sentBy("refunds").cost("4"),
            span(SpanKind.MODEL, 1, 7).under(3).at(2).by("helper").sentBy("research").cost("8")));

    assertThat(cost(By.AGENT, By.TEAM))
        .extracting(row -> String.join(" ", row.group()) + " " + shown(row.cost()))
        .containsExactly(
            "fact-check  0.25/1/0", "helper  8/1/0", "refunds support 4/1/0", "research  1/1/0");
    assertThat(
            store.cost(
                new CostQuery(List.of(By.AGENT), NOON, NOON.plus(DAY), "fact-check", "production")))
        .singleElement()
        .satisfies(row -> assertThat(shown(row.cost())).isEqualTo("0.25/1/0"));
    assertThat(run(1).agent()).isEqualTo("research");
    assertThat(shown(run(1).cost())).isEqualTo("13.25/4/0");
  }

  @Test
  void nobodysCostGoesOnAnothersBillByAName() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("refunds").sentBy("stranger"),
            span(SpanKind.MODEL, 1, 2).under(1).by("refunds").sentBy("stranger").cost("1"),
            span(SpanKind.MODEL, 2, 2).by("refunds").sentBy("stranger").cost("2")));

    assertThat(cost(By.AGENT))
        .extracting(row -> row.group().getFirst() + " " + shown(row.cost()))
        .containsExactly("stranger 3/2/0");
  }

  private List<CostQuery.Row> cost(By... by) {
    return store.cost(new CostQuery(List.of(by), NOON, NOON.plus(DAY).plus(DAY), null, null));
  }

  @Test
  void neverAddsTwoCurrencies() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("a"),
            span(SpanKind.MODEL, 1, 2).under(1).cost("0.5"),
            span(SpanKind.MODEL, 1, 3).under(1).cost("7").in("EUR"),
            span(SpanKind.MODEL, 2, 3).under(1).cost("8").in("EUR")));

    assertThat(run(1).cost()).isEqualTo(new RunCost(new BigDecimal("0.5"), "USD", 1, 1));
    assertThat(run(2).cost()).isEqualTo(new RunCost(new BigDecimal("8"), "EUR", 1, 0));
    assertThat(cost(By.DAY)).extracting(row -> shown(row.cost())).containsExactly("0.5/1/2");
  }
}
