// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.dialogue;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.message;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DialogueTest {
  private static final String CALL =
      "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"look\","
          + "\"arguments\":{\"id\":7}}]}";
  private static final String ANSWER =
      "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"c1\",\"response\":"
          + "\"Error: no\"}]}";

  @Test
  void whatIsRepeatedInEveryCallIsHeardOnceAndWhatTheAgentSaysIsNoSource() {
    Message hello = user("Hello, order 7.");
    Message spoken = message("assistant", "Which one?");
    Dialogue dialogue =
        of(
            agent(1),
            turn(2, 1, List.of(hello), spoken),
            turn(
                3,
                5,
                List.of(hello, spoken, user("The blue one.")),
                message("assistant", "Sure.")));
    assertThat(dialogue.parts().stream().filter(Heard.class::isInstance).map(Heard.class::cast))
        .extracting(Heard::text)
        .containsExactly("Hello, order 7.\n", "The blue one.\n");
    assertThat(dialogue.answers()).extracting(Spoken::spanId).containsExactly(id(2), id(3));
  }

  @Test
  void aResultThatItsOwnSpanLacksStandsInTheConversation() {
    Dialogue dialogue =
        of(
            agent(1),
            turn(2, 1, List.of(user("Go.")), Message.of(CALL)),
            span(SpanKind.TOOL, 1, 3).under(1).at(3).tool("look", "c1").build(),
            turn(
                4,
                5,
                List.of(user("Go."), Message.of(CALL), Message.of(ANSWER)),
                message("assistant", "Done.")));
    assertThat(dialogue.parts()).contains(new Returned(id(3), "look", "", "\"Error: no\"", false));
  }

  @Test
  void withoutSpansOfToolsTheConversationTellsWhatTheyReturned() {
    Dialogue dialogue =
        of(
            turn(2, 1, List.of(user("Go.")), Message.of(CALL)),
            turn(
                4,
                5,
                List.of(user("Go."), Message.of(CALL), Message.of(ANSWER)),
                message("assistant", "Done.")));
    assertThat(dialogue.parts())
        .contains(new Returned(id(4), "look", "{\"id\":7}", "\"Error: no\"", false));
  }

  @Test
  void whatAnAgentBelowSaysIsNoAnswerOfTheRun() {
    Dialogue dialogue =
        of(
            agent(1),
            span(SpanKind.AGENT, 1, 5).under(1).at(2).by("helper").build(),
            said(6, 5, 3, List.of(user("Help.")), message("assistant", "It is 4711.")),
            turn(7, 9, List.of(user("Go.")), message("assistant", "Done.")));
    assertThat(dialogue.answers()).extracting(Spoken::text).containsExactly("Done.\n");
  }

  @Test
  void whatTheRunsOwnSpanSaysCountsWhereNoCallTellsIt() {
    Dialogue dialogue =
        of(
            span(SpanKind.AGENT, 1, 1)
                .at(0)
                .by("clerk")
                .says(content(List.of(user("Go.")), message("assistant", "Done.")))
                .build());
    assertThat(dialogue.answers()).extracting(Spoken::text).containsExactly("Done.\n");
  }

  @Test
  void aRunOfTooManySpansIsNotRead() {
    List<Span> many = Collections.nCopies(Dialogue.SPANS_MAX + 1, agent(1));
    assertThat(Dialogue.of(run(List.of(agent(1))), many)).isEqualTo(Dialogue.TOO_LONG);
  }

  private static Dialogue of(Span... spans) {
    return Dialogue.of(run(List.of(spans)), List.of(spans));
  }

  private static Run run(List<Span> spans) {
    Silence silence = new Silence(Duration.ofHours(1), Duration.ofHours(1));
    return new RunAssembler(_ -> Optional.empty(), silence)
        .assemble(spans, List.of(), NOON)
        .getFirst();
  }

  private static Span agent(int id) {
    return span(SpanKind.AGENT, 1, id).at(0).by("clerk").lasting(Duration.ofMinutes(1)).build();
  }

  private static Span turn(int id, int seconds, List<Message> input, Message output) {
    return said(id, 1, seconds, input, output);
  }

  private static Span said(int id, int under, int seconds, List<Message> input, Message output) {
    SpanDraft draft = span(SpanKind.MODEL, 1, id).under(under).at(seconds);
    return draft.lasting(Duration.ofSeconds(1)).says(content(input, output)).build();
  }

  private static Content content(List<Message> input, @Nullable Message output) {
    return new Content(
        input, output == null ? List.of() : List.of(output), null, null, null, null, null);
  }
}
