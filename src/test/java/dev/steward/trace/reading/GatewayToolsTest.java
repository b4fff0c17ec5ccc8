// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.Teller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatewayToolsTest {
  private static final String FIVE = "{\"to\":\"ann\",\"amount\":5}";
  private static final String FIVE_TOO = "{\"amount\": 5, \"to\": \"ann\"}";
  private static final String SIX = "{\"to\":\"ann\",\"amount\":6}";

  private final GatewayTools tools = new GatewayTools(new RecentSpans(_ -> Optional.empty()));

  @Test
  void theGatewaysSpanGoesBelowTheAgentsWhicheverCameFirst() {
    assertThat(join(passed(1, 2).calling("c-1"))).isEmpty();
    moved(join(told(7, 3).calling("c-1")), 7, 3, 2);

    assertThat(join(told(7, 4).calling("c-2"))).isEmpty();
    moved(join(passed(1, 5).calling("c-2")), 7, 4, 5);
  }

  @Test
  void aRunsNameAndEqualArgumentsAreEnough() {
    join(passed(1, 2).run("run-1").says(arguments(FIVE)));

    assertThat(join(told(7, 3).run("run-2").says(arguments(FIVE)))).isEmpty();
    assertThat(join(told(7, 4).run("run-1").says(arguments(SIX)))).isEmpty();
    moved(join(told(7, 5).run("run-1").says(arguments(FIVE_TOO))), 7, 5, 2);
  }

  @Test
  void equalArgumentsAreEnoughWhereNothingElseIsKnown() {
    join(passed(1, 2).says(arguments(FIVE)));

    moved(join(told(7, 3).says(arguments(FIVE_TOO))), 7, 3, 2);
  }

  @Test
  void timeDecidesWhereNothingCanBeCompared() {
    join(passed(1, 2).at(30));

    assertThat(join(told(7, 3).at(60))).isEmpty();
    moved(join(told(7, 4).at(30)), 7, 4, 2);
  }

  @Test
  void anIdThatDiffersIsAnotherCallAndSoIsAnotherAgentOrTool() {
    join(passed(1, 2).calling("c-1").says(arguments(FIVE)));

    assertThat(join(told(7, 3).calling("c-2").says(arguments(FIVE)))).isEmpty();
    assertThat(join(span(SpanKind.TOOL, 7, 4).sentBy("b").tool("pay", null).calling("c-1")))
        .isEmpty();
    assertThat(join(span(SpanKind.TOOL, 7, 5).sentBy("a").tool("look", null).calling("c-1")))
        .isEmpty();
    assertThat(join(span(SpanKind.TOOL, 7, 6).tool("pay", null).calling("c-1"))).isEmpty();
  }

  @Test
  void eachTellingIsOneOfOnePairAndWhatComesAgainIsNoOther() {
    join(passed(1, 2).calling("c-1"));
    join(passed(1, 3).calling("c-1"));

    moved(join(told(7, 4).calling("c-1")), 7, 4, 2);
    assertThat(join(told(7, 4).calling("c-1"))).isEmpty();
    moved(join(told(7, 5).calling("c-1")), 7, 5, 3);
    assertThat(join(told(7, 6).calling("c-1"))).isEmpty();
  }

  @Test
  void nothingMovesWithinOneTrace() {
    join(passed(7, 2).calling("c-1"));

    assertThat(join(told(7, 3).calling("c-1"))).isEmpty();
    assertThat(join(told(8, 4).calling("c-1"))).as("it has its pair").isEmpty();
  }

  private static SpanDraft passed(long trace, long span) {
    return span(SpanKind.TOOL, trace, span).byGateway().sentBy("a").tool("bank", "pay", null);
  }

  private static SpanDraft told(long trace, long span) {
    return span(SpanKind.TOOL, trace, span).sentBy("a").tool("bank__pay", null);
  }

  private static Content arguments(@Nullable String json) {
    return new Content(
        List.of(), List.of(), null, null, json == null ? null : Message.of(json), null, null);
  }

  private static void moved(List<Span> moved, long trace, long agents, long gateways) {
    assertThat(moved).hasSize(2);
    assertThat(moved.getFirst().key().traceId()).isEqualTo(trace(trace));
    assertThat(moved.getFirst().key().spanId()).isEqualTo(id(gateways));
    assertThat(moved.getFirst().parentSpanId()).isEqualTo(id(agents));
    assertThat(moved.getLast().teller()).isEqualTo(Teller.MOVED);
  }

  private List<Span> join(SpanDraft span) {
    Facts facts =
        new Facts(List.of(span.build()), List.of(), List.of(), List.of(), List.of(), List.of());
    return tools.join(facts).moved();
  }
}
