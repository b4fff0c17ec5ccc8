// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static dev.steward.trace.run.RunQueryDraft.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.SpanKind;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.UsedPart;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every span store answers to questions over many runs.
public abstract class RunQueriesContract extends ContentContract {
  private static final Duration DAY = Duration.ofDays(1);

  /// Four runs: a refund that cost money, a failed one, one of unknown cost a day later, and one
  /// that is still open.
  void writeFour() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1)
                .by("refunds")
                .version("v1")
                .environment("production")
                .conversation("c1")
                .task("t1")
                .lasting(Duration.ofSeconds(9)),
            span(SpanKind.MODEL, 1, 2)
                .under(1)
                .at(1)
                .model("gpt-5")
                .usage(100, 10)
                .cost("0.5")
                .asked("My Order is late"),
            span(SpanKind.TOOL, 1, 3).under(1).at(2).tool("payments", "refund", "c1"),
            span(SpanKind.MODEL, 1, 4).under(3).at(3).model("gpt-5-mini").usage(5, 5).cost("0.25"),
            span(SpanKind.AGENT, 2, 1).at(100).by("refunds").environment("staging").failed(),
            span(SpanKind.MODEL, 2, 2).under(1).at(101).model("gpt-5").usage(7, 7).cost("1.5"),
            span(SpanKind.RETRIEVER, 2, 3)
                .under(1)
                .at(102)
                .attributes("{\"gen_ai.data_source.id\":\"kb\"}"),
            span(SpanKind.AGENT, 3, 1).at(NOON.plus(DAY)).by("research").workflow("w"),
            span(SpanKind.MODEL, 3, 2).under(1).at(NOON.plus(DAY)).model("new").costUnknown(),
            span(SpanKind.MODEL, 4, 2).under(1).at(50).by("coder").asked("write code")));
    store.write(new BatchDraft().evaluation(outcome(2, "failure", NOON)).build());
    now = NOON.plus(DAY);
  }

  List<String> found(RunQueryDraft query) {
    return store.runs(query.build()).items().stream()
        .map(run -> run.traceId().substring(31))
        .toList();
  }

  @Test
  void filtersByWhatARunIs() {
    writeFour();

    assertThat(found(runs())).containsExactly("1", "4", "2", "3");
    assertThat(found(runs().agents("refunds", "coder"))).containsExactly("1", "4", "2");
    assertThat(found(runs().agents("nobody's"))).isEmpty();
    assertThat(found(runs().version("v1"))).containsExactly("1");
    assertThat(found(runs().version("undeclared"))).containsExactly("4", "2", "3");
    assertThat(found(runs().environment("staging"))).containsExactly("2");
    assertThat(found(runs().workflow("refunding"))).containsExactly("1", "2");
    assertThat(found(runs().workflow("w"))).containsExactly("3");
    assertThat(found(runs().task("t1"))).containsExactly("1");
    assertThat(found(runs().task(trace(2)))).containsExactly("2");
    assertThat(found(runs().conversation("c1"))).containsExactly("1");
    assertThat(found(runs().team("support"))).containsExactly("1", "2");
    assertThat(found(runs().outcome("success"))).containsExactly("1");
    assertThat(found(runs().outcome("failure"))).containsExactly("2");
  }

  @Test
  void filtersByWhatARunDid() {
    writeFour();

    assertThat(found(runs().model("gpt-5-mini"))).containsExactly("1");
    assertThat(found(runs().tool("payments/refund"))).containsExactly("1");
    assertThat(found(runs().source("kb"))).containsExactly("2");
    assertThat(found(runs().status(RunStatus.FAILED))).containsExactly("2");
    assertThat(found(runs().status(RunStatus.FINISHED))).containsExactly("1", "3");
    assertThat(found(runs().status(RunStatus.ABANDONED))).containsExactly("4");
    assertThat(found(runs().status(RunStatus.WORKING))).isEmpty();
    now = NOON.plusSeconds(70);
    assertThat(found(runs().status(RunStatus.WORKING))).containsExactly("4");
    assertThat(found(runs().costAtLeast(new BigDecimal("0.75")))).containsExactly("1", "2");
    assertThat(found(runs().costAtMost(new BigDecimal("0.75")))).containsExactly("1");
    assertThat(found(runs().costAtLeast(new BigDecimal("0.8")).costAtMost(new BigDecimal("1.5"))))
        .containsExactly("2");
    assertThat(found(runs().durationAtMost(Duration.ofSeconds(8)))).doesNotContain("1");
    assertThat(found(runs().durationAtMost(Duration.ofSeconds(9)))).contains("1", "2");
    assertThat(found(runs().costKnown(true))).containsExactly("1", "2");
    assertThat(found(runs().costKnown(false))).containsExactly("4", "3");
    assertThat(found(runs().durationAtLeast(Duration.ofSeconds(9)))).containsExactly("1");
    assertThat(found(runs().errors(true))).containsExactly("2");
    assertThat(found(runs().errors(false))).containsExactly("1", "4", "3");
    assertThat(found(runs().from(NOON.plusSeconds(50)).to(NOON.plusSeconds(100))))
        .containsExactly("4");
  }

  @Test
  void findsWordsInTheContent() {
    writeFour();

    assertThat(found(runs().text("order late"))).containsExactly("1");
    assertThat(found(runs().text("WRITE").from(NOON).to(NOON.plus(DAY)))).containsExactly("4");
    assertThat(found(runs().text("write").from(NOON.plus(DAY)))).isEmpty();
    assertThat(found(runs().text("100% never said"))).isEmpty();
  }

  @Test
  void sortsEachWay() {
    writeFour();

    assertThat(found(runs().descending())).containsExactly("3", "2", "4", "1");
    assertThat(found(runs().by(RunQuery.Sort.COST).descending()))
        .containsExactly("2", "1", "4", "3");
    assertThat(found(runs().by(RunQuery.Sort.STEPS).descending()))
        .containsExactly("1", "2", "4", "3");
    assertThat(found(runs().by(RunQuery.Sort.ERRORS))).containsExactly("1", "3", "4", "2");
    assertThat(found(runs().by(RunQuery.Sort.DURATION).descending()).getFirst()).isEqualTo("1");
  }

  @Test
  void anUnknownCostStandsBehindEveryKnownOneEitherWay() {
    writeFour();

    assertThat(found(runs().by(RunQuery.Sort.COST))).containsExactly("1", "2", "3", "4");
    Page<Run> first = store.runs(runs().by(RunQuery.Sort.COST).limit(3).build());
    assertThat(found(runs().by(RunQuery.Sort.COST).limit(3).behind(first.next())))
        .containsExactly("4");
  }

  @Test
  void aClockThatIsYearsAheadMakesNoRunTheNewestForGood() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).at(Instant.parse("2262-01-01T00:00:00Z")).received(NOON),
            span(SpanKind.AGENT, 2, 1).at(NOON.plusSeconds(60)).received(NOON.plusSeconds(61)),
            span(SpanKind.AGENT, 3, 1).at(NOON.minusSeconds(60)).received(NOON)));

    assertThat(found(runs().descending())).containsExactly("2", "1", "3");
    Page<Run> first = store.runs(runs().descending().limit(2).build());
    assertThat(found(runs().descending().behind(first.next()))).containsExactly("3");
  }

  @Test
  void pagesNeitherShiftNorRepeatWhileRunsArrive() {
    long base = 0;
    for (RunQuery.Sort sort : RunQuery.Sort.values()) {
      base += 1000;
      for (long i = 0; i < 9; i++) {
        store.write(
            BatchDraft.of(
                span(SpanKind.AGENT, base + i, 1).at(base + i / 2).by("pages " + sort),
                span(SpanKind.MODEL, base + i, 2).under(1).at(base).cost("0." + (i / 3 + 1))));
      }
      RunQueryDraft query = runs().agents("pages " + sort).by(sort).descending().limit(4);
      List<String> seen = new ArrayList<>();
      Page<Run> page = store.runs(query.build());
      page.items().forEach(run -> seen.add(run.id()));
      store.write(
          BatchDraft.of(span(SpanKind.AGENT, base + 500, 1).at(base + 90).by("pages " + sort)));
      while (page.next() != null) {
        page = store.runs(query.behind(page.next()).build());
        page.items().forEach(run -> seen.add(run.id()));
      }
      for (long i = 0; i < 9; i++) {
        assertThat(seen).as(sort.name()).containsOnlyOnce(trace(base + i));
      }
    }
  }

  @Test
  void sortsIdsAsTextWhateverTheirFirstBit() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, Long.MAX_VALUE, 1),
            span(SpanKind.AGENT, -1L >>> 1, 1),
            span(SpanKind.AGENT, -2, 1)));
    List<String> ids = store.runs(runs().build()).items().stream().map(Run::id).toList();

    assertThat(ids).isSorted();
  }

  @Test
  void refusesACursorThatIsNotItsOwn() {
    writeFour();
    String next = store.runs(runs().limit(1).build()).next();

    assertThatThrownBy(() -> store.runs(runs().behind("garbage").build()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("cursor");
    assertThatThrownBy(() -> store.runs(runs().by(RunQuery.Sort.COST).behind(next).build()))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void saysWhatEachAgentDid() {
    writeFour();

    List<AgentActivity> all = store.activity(NOON, NOON.plus(DAY));

    assertThat(all).extracting(AgentActivity::agent).containsExactly("coder", "refunds");
    AgentActivity refunds = all.getLast();
    assertThat(refunds.registered()).isTrue();
    assertThat(refunds.services()).isEqualTo(Set.of("shop"));
    assertThat(refunds.environments()).isEqualTo(Set.of("production", "staging"));
    assertThat(refunds.models()).isEqualTo(Set.of("gpt-5", "gpt-5-mini"));
    assertThat(refunds.tools()).isEqualTo(Set.of("payments/refund"));
    assertThat(refunds.runs()).isEqualTo(2);
    assertThat(refunds.open()).isZero();
    assertThat(refunds.withOutcome()).isEqualTo(2);
    assertThat(refunds.successes()).isEqualTo(1);
    assertThat(refunds.errors()).isEqualTo(1);
    assertThat(shown(refunds.cost())).isEqualTo("2.25/3/0");
    assertThat(refunds.p95()).isEqualTo(Duration.ofSeconds(9));
    assertThat(refunds.runsPerSlice()).hasSize(24).startsWith(2L, 0L);
    assertThat(refunds.firstSeen()).isEqualTo(NOON.plusSeconds(2));
    assertThat(refunds.lastSeen()).isEqualTo(NOON.plusSeconds(103));
    assertThat(all.getFirst().p95()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void narrowsWhatAgentsDidToOneOfThemInOneEnvironment() {
    writeFour();
    ActivityQuery staging = new ActivityQuery(NOON, NOON.plus(DAY), null, "staging");

    List<AgentActivity> narrowed = store.activity(staging);

    assertThat(narrowed).extracting(AgentActivity::agent).contains("refunds");
    AgentActivity refunds =
        narrowed.stream().filter(a -> a.agent().equals("refunds")).findFirst().orElseThrow();
    assertThat(refunds.runs()).isEqualTo(1);
    assertThat(refunds.environments()).isEqualTo(Set.of("staging"));
    assertThat(store.activity(new ActivityQuery(NOON, NOON.plus(DAY), "coder", null)))
        .extracting(AgentActivity::agent)
        .containsExactly("coder");
    assertThat(store.activity(new ActivityQuery(NOON, NOON.plus(DAY), "coder", "nowhere")))
        .isEmpty();
  }

  @Test
  void saysWhatWasDoneSliceBySlice() {
    writeFour();
    ActivityQuery refunds = new ActivityQuery(NOON, NOON.plus(DAY), "refunds", null);

    List<ActivitySlice> slices = store.slices(refunds, 3);

    assertThat(slices).extracting(ActivitySlice::runs).containsExactly(2L, 0L, 0L);
    assertThat(slices)
        .extracting(ActivitySlice::from)
        .containsExactly(
            NOON, NOON.plus(DAY.dividedBy(3)), NOON.plus(DAY.dividedBy(3).multipliedBy(2)));
    ActivitySlice first = slices.getFirst();
    assertThat(first.to()).isEqualTo(slices.get(1).from());
    assertThat(first.withOutcome()).isEqualTo(2);
    assertThat(first.successes()).isEqualTo(1);
    assertThat(first.successfulTasks()).isEqualTo(1);
    assertThat(first.errors()).isEqualTo(1);
    assertThat(shown(first.cost())).isEqualTo("2.25/3/0");
    assertThat(slices.getLast().cost()).isEqualTo(RunCost.NONE);
  }

  @Test
  void saysWhatRunsHaveReallyUsed() {
    writeFour();

    List<UsedPart> used = store.used(new ActivityQuery(NOON, NOON.plus(DAY), "refunds", null));

    assertThat(used)
        .extracting(part -> part.kind() + " " + part.name() + " " + part.runs())
        .contains("TOOL payments/refund 1")
        .anyMatch(part -> part.startsWith("MODEL gpt-5 "))
        .anyMatch(part -> part.startsWith("MODEL gpt-5-mini "));
    assertThat(store.used(new ActivityQuery(NOON, NOON.plus(DAY), "nobody", null))).isEmpty();
  }

  static String shown(RunCost cost) {
    return cost.amount().toPlainString() + "/" + cost.priced() + "/" + cost.unknown();
  }
}
