// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static dev.steward.trace.SpanDraft.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.gateway.AnsweredCall;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.Teller;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayCallsTest {
  private final GatewayCalls calls = new GatewayCalls(new RecentSpans(_ -> Optional.empty()));
  private final SpanDraft passed =
      span(SpanKind.MODEL, 1, 2).under(1).byGateway().sentBy("a").model("gpt-5").answering("r-1");
  private final SpanDraft told =
      span(SpanKind.MODEL, 2, 3).sentBy("a").model("gpt-5").answering("r-1");

  @Test
  void theGatewaysSpanGoesBelowTheAgentsThatComesLater() {
    assertThat(join(passed)).isEmpty();

    moved(join(told));
  }

  @Test
  void theGatewaysSpanGoesBelowTheAgentsThatCameFirst() {
    assertThat(join(told)).isEmpty();

    moved(join(passed));
  }

  @Test
  void theGatewaysSpanIsReadAgainWhenItIsNotInMemory() {
    GatewayCalls forgetful = new GatewayCalls(new RecentSpans(_ -> Optional.of(passed.build())));
    forgetful.join(facts(passed));
    for (int i = 0; i < 300; i++) {
      forgetful.join(
          facts(
              span(SpanKind.MODEL, 1, 100 + i)
                  .byGateway()
                  .sentBy("a")
                  .model("gpt-5")
                  .answering("other-" + i)));
    }

    moved(forgetful.join(facts(told)).moved());
  }

  @Test
  void aCallThatWasReadBeforeARestartIsRemembered() {
    GatewayCalls fresh = new GatewayCalls(new RecentSpans(_ -> Optional.of(passed.build())));
    fresh.remember(List.of(AnsweredCall.of(passed.build()).orElseThrow()));

    moved(fresh.join(facts(told)).moved());
  }

  @Test
  void nothingMovesWithinOneTraceOrBetweenAgents() {
    join(passed);

    assertThat(join(span(SpanKind.MODEL, 1, 3).sentBy("a").model("gpt-5").answering("r-1")))
        .isEmpty();
    assertThat(join(span(SpanKind.MODEL, 2, 3).sentBy("b").model("gpt-5").answering("r-1")))
        .isEmpty();
    assertThat(join(span(SpanKind.MODEL, 2, 4).model("gpt-5").answering("r-1"))).isEmpty();
  }

  private void moved(List<Span> moved) {
    assertThat(moved).hasSize(2);
    Span there = moved.getFirst();
    assertThat(there.key().traceId()).isEqualTo(told.build().key().traceId());
    assertThat(there.parentSpanId()).isEqualTo(told.build().key().spanId());
    assertThat(there.teller()).isEqualTo(Teller.GATEWAY);
    Span left = moved.getLast();
    assertThat(left.key()).isEqualTo(passed.build().key());
    assertThat(left.teller()).isEqualTo(Teller.MOVED);
    assertThat(Span.BY_VERSION.compare(left, passed.build())).isPositive();
  }

  private List<Span> join(SpanDraft span) {
    return calls.join(facts(span)).moved();
  }

  private static Facts facts(SpanDraft span) {
    return new Facts(List.of(span.build()), List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
