// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponsesTest {
  private final Map<String, SpanKey> stored = new HashMap<>();
  private final List<Set<String>> lookedUp = new ArrayList<>();
  private boolean failing;
  private Instant now = NOON;
  private final Responses responses =
      new Responses(
          asked -> {
            if (failing) {
              throw new ApiException(ErrorCode.STORAGE_FAILED, "out of order");
            }
            lookedUp.add(asked);
            Map<String, SpanKey> found = new HashMap<>(stored);
            found.keySet().retainAll(asked);
            return found;
          },
          () -> now);

  private static Span answer(SpanKind kind, long spanId, String response) {
    return span(kind, 1, spanId).model("m").answering(response).build();
  }

  private static Evaluation judgement(String response) {
    return new Evaluation("", null, response, "tone", "kind", 0.9, null, false, "sender", NOON);
  }

  private List<Evaluation> place(List<Span> spans, List<Evaluation> evaluations) {
    Facts facts = new Facts(spans, evaluations, List.of(), List.of(), List.of(), List.of());
    Facts placed = responses.place(facts);
    assertThat(placed.spans()).isEqualTo(spans);
    return placed.evaluations();
  }

  @Test
  void aJudgementFindsTheModelCallThatAnswered() {
    place(List.of(answer(SpanKind.MODEL, 2, "r1"), answer(SpanKind.AGENT, 1, "r1")), List.of());

    assertThat(place(List.of(), List.of(judgement("r1"))))
        .containsExactly(judgement("r1").of(new SpanKey(trace(1), id(2))));
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void aJudgementWaitsForItsSpan() {
    assertThat(place(List.of(), List.of(judgement("r1"), judgement("r1")))).isEmpty();

    assertThat(place(List.of(answer(SpanKind.MODEL, 2, "r1")), List.of()))
        .containsExactly(judgement("r1").of(new SpanKey(trace(1), id(2))));
    assertThat(place(List.of(answer(SpanKind.MODEL, 2, "r1")), List.of())).isEmpty();
  }

  @Test
  void thePastIsAskedOnceAndNotMoreOftenThanOnceASecond() {
    stored.put("r2", new SpanKey(trace(7), id(7)));

    assertThat(place(List.of(), List.of(judgement("r1")))).isEmpty();
    assertThat(place(List.of(), List.of(judgement("r2")))).isEmpty();
    now = now.plusSeconds(1);
    assertThat(place(List.of(), List.of()))
        .containsExactly(judgement("r2").of(new SpanKey(trace(7), id(7))));
    now = now.plusSeconds(1);
    place(List.of(), List.of());
    assertThat(lookedUp).containsExactly(Set.of("r1"), Set.of("r2"));
  }

  @Test
  void aPastThatCannotBeAskedIsAskedAgain() {
    failing = true;
    assertThat(place(List.of(), List.of(judgement("r1")))).isEmpty();
    failing = false;
    stored.put("r1", new SpanKey(trace(7), id(7)));
    now = now.plusSeconds(1);

    assertThat(place(List.of(), List.of())).hasSize(1);
  }

  @Test
  void theOldestIsGivenUpWhenTooManyWait() {
    List<Evaluation> many = new ArrayList<>();
    for (int i = 0; i <= Responses.WAITING_MAX; i++) {
      many.add(judgement("r" + i));
    }
    place(List.of(), many);

    assertThat(place(List.of(answer(SpanKind.MODEL, 1, "r0")), List.of())).isEmpty();
    assertThat(place(List.of(answer(SpanKind.MODEL, 2, "r1")), List.of())).hasSize(1);
  }

  @Test
  void whatNamesItsTraceIsLeftAsItIs() {
    Evaluation told =
        new Evaluation(trace(3), null, "r1", "tone", "kind", null, null, false, "sender", NOON);

    assertThat(place(List.of(answer(SpanKind.MODEL, 2, "r1")), List.of(told)))
        .containsExactly(told);
  }
}
