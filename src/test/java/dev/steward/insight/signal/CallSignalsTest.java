// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import static dev.steward.trace.SpanDraft.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CallSignalsTest {
  private final CallSignals signals = new CallSignals();

  @Test
  void aModelCallIsMeasuredInTokensTimeAndMoney() {
    signals.see(List.of(call(1).build()));

    assertThat(of(Measure.TOKENS))
        .extracting(series -> series.labels().get("gen_ai_token_type"), Series::sum)
        .containsExactlyInAnyOrder(
            tuple("input", BigDecimal.valueOf(900)), tuple("output", BigDecimal.valueOf(20)));
    Series took = of(Measure.OPERATION).getFirst();
    assertThat(took.labels())
        .containsEntry("gen_ai_agent_name", "refunds")
        .containsEntry("gen_ai_provider_name", "openai")
        .containsEntry("gen_ai_request_model", "gpt-5")
        .doesNotContainKey("error_type");
    assertThat(took.sum()).isEqualByComparingTo("1");
    assertThat(took.count()).isEqualTo(1);
    assertThat(took.measure().bounds()).startsWith(0.01, 0.02).endsWith(40.96, 81.92);
    assertThat(took.buckets()).startsWith(0L).endsWith(1L);
    assertThat(took.buckets().get(took.measure().bounds().indexOf(1.28))).isEqualTo(1);
    assertThat(took.buckets().get(took.measure().bounds().indexOf(0.64))).isZero();
    assertThat(of(Measure.COST).getFirst().sum()).isEqualByComparingTo("0.0123");
  }

  @Test
  void whatIsSentAgainCountsOnce() {
    signals.see(List.of(call(1).build(), call(1).build()));
    signals.see(List.of(call(1).build(), call(2).build()));

    assertThat(of(Measure.OPERATION).getFirst().count()).isEqualTo(2);
  }

  @Test
  void aCallThatItsAgentAndTheGatewayTellOfCountsOnce() {
    signals.see(List.of(call(1).answering("resp-a").byGateway().build()));
    signals.see(List.of(call(2).answering("resp-a").build(), call(3).answering("resp-b").build()));

    assertThat(of(Measure.OPERATION).getFirst().count()).isEqualTo(2);
    assertThat(of(Measure.COST).getFirst().sum()).isEqualByComparingTo("0.0246");
  }

  @Test
  void aSpanOfCenturiesIsMeasuredToo() {
    signals.see(List.of(call(1).lasting(Duration.ofDays(584 * 365)).build()));

    assertThat(of(Measure.OPERATION).getFirst().sum()).isEqualByComparingTo("18417024000");
  }

  @Test
  void aFailureHasItsOwnSeriesAndAMessageIsNoLabel() {
    signals.see(
        List.of(
            span(SpanKind.TOOL, 1, 1).by("refunds").tool("pay", "c1").build(),
            span(SpanKind.TOOL, 1, 2).by("refunds").tool("pay", "c2").failed("timeout").build(),
            span(SpanKind.TOOL, 1, 3)
                .by("refunds")
                .tool("pay", "c3")
                .failed("no order 7")
                .build()));

    assertThat(of(Measure.TOOL))
        .extracting(series -> series.labels().getOrDefault("error_type", "none"))
        .containsExactlyInAnyOrder("none", "timeout", "_OTHER");
  }

  @Test
  void anUnknownCostIsCountedApart() {
    signals.see(List.of(call(1).costUnknown().build()));

    assertThat(of(Measure.COST)).isEmpty();
    assertThat(of(Measure.UNKNOWN_COST).getFirst().sum()).isEqualByComparingTo("1");
  }

  @Test
  void tooManySeriesAreOneAndNothingIsLost() {
    signals.see(
        LongStream.range(0, 2L * CallSignals.SERIES_MAX)
            .mapToObj(i -> span(SpanKind.TOOL, 1, i).by("agent-" + i).tool("pay", "c" + i).build())
            .toList());

    List<Series> tools = of(Measure.TOOL);
    assertThat(tools).hasSizeLessThanOrEqualTo(CallSignals.SERIES_MAX + 1);
    assertThat(tools.stream().mapToLong(Series::count).sum())
        .isEqualTo(2L * CallSignals.SERIES_MAX);
    assertThat(tools)
        .anySatisfy(
            series -> assertThat(series.labels()).containsEntry("otel_metric_overflow", "true"));
  }

  private static SpanDraft call(long id) {
    return span(SpanKind.MODEL, 1, id).by("refunds").model("gpt-5").usage(900, 20).cost("0.0123");
  }

  private List<Series> of(Measure measure) {
    return signals.all().stream().filter(series -> series.measure() == measure).toList();
  }
}
