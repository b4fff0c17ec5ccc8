// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.gateway.Moving;
import dev.steward.trace.span.Span;
import org.junit.jupiter.api.Test;

/// What every span store does with what our gateway tells of calls.
public abstract class GatewaySpansContract extends CostQueriesContract {
  @Test
  void aCallThatMovesCountsOnceAndWhereItsAgentToldOfIt() {
    SpanDraft root = span(SpanKind.AGENT, 1, 1).byGateway().sentBy("a");
    SpanDraft call =
        span(SpanKind.MODEL, 1, 2)
            .under(1)
            .byGateway()
            .sentBy("a")
            .attributes("{\"steward.decision\":\"allow\"}")
            .model("gpt-5")
            .answering("r-1")
            .usage(5, 2)
            .cost("0.5");
    SpanDraft told =
        span(SpanKind.MODEL, 2, 3).sentBy("a").model("gpt-5").answering("r-1").usage(6, 3);
    store.write(BatchDraft.of(root, call));
    assertThat(run(1).modelCalls()).isEqualTo(1);

    Batch later = BatchDraft.of(told);
    SpanStore.Written written =
        store.write(
            new Batch(
                later.spans(),
                later.evaluations(),
                later.contents(),
                later.logs(),
                later.metrics(),
                later.deadLetters(),
                later.upTo(),
                null,
                Moving.below(told.build().key(), call.build())));

    assertThat(written).isEqualTo(new SpanStore.Written(1, 0));
    assertThat(store.run(trace(1))).isEmpty();
    assertThat(run(2).modelCalls()).isEqualTo(1);
    assertThat(run(2).inputTokens()).isEqualTo(5);
    assertThat(run(2).cost().amount()).isEqualByComparingTo("0.5");
    assertThat(store.outline(trace(2)))
        .isEqualTo(store.spans(trace(2)).stream().map(Span::outline).toList());
    if (durable()) {
      reopen();
      assertThat(store.run(trace(1))).isEmpty();
      assertThat(run(2).modelCalls()).isEqualTo(1);
    }
  }

  @Test
  void tellsOfCallsPastTheGatewayOnceItsRecordCannotComeAnyMore() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).sentBy("strict"),
            span(SpanKind.MODEL, 1, 2).under(1).sentBy("strict").usage(5, 2)));

    assertThat(run(1).ungoverned()).isEqualTo(1);
    now = NOON.plusSeconds(5);
    assertThat(run(1).ungoverned()).isZero();
  }
}
