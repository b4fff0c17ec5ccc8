// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.part.Mark.Tone;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.state.State;
import dev.steward.trace.RunCosts;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  private static final Instant START = Instant.parse("2026-11-21T03:06:22Z");
  private static final LedgerReading.Head HEAD =
      new LedgerReading.Head(6, 6, "root", START, "checkpoint");
  private static final ToolEffects EFFECTS =
      new ToolEffects(Map.of("payments/refund", "money", "payments/get_order", "read"));

  @TempDir Path folder;

  private List<Answer> answers(List<Span> spans, List<Evaluation> judged, State state) {
    Stage stage = Stage.empty(InstantSource.fixed(START.plusSeconds(600)));
    stage.write(spans, judged);
    Run run = stage.store.run(spans.getFirst().key().traceId()).orElseThrow();
    return new Matter(
            run,
            SpanTree.of(spans),
            judged,
            state,
            EFFECTS,
            HEAD,
            CallSample.NONE,
            RunCosts.of(stage.store, run),
            true)
        .answers();
  }

  private State nothing() {
    try (ControlFixture control = new ControlFixture(folder)) {
      return control.state();
    }
  }

  @Test
  void whatNobodyJudgedIsNotRight() {
    List<Answer> answers = answers(Stories.handOver(START), List.of(), nothing());
    assertThat(answers)
        .extracting(Answer::question)
        .containsExactly(
            "Right action?", "Right policy?", "Cost accounted for?", "Can you prove it?");
    Answer action = answers.getFirst();
    assertThat(action.mark().tone()).isEqualTo(Tone.WARNING);
    assertThat(action.evidence())
        .extracting(Evidence::words)
        .contains(
            "No outcome was told",
            "1 call changed something: payments/refund",
            "1 error, the first at payments/refund");
  }

  @Test
  void evidenceLeadsToItsStep() {
    List<Span> spans = Stories.handOver(START);
    Answer action = answers(spans, List.of(), nothing()).getFirst();
    List<String> ids = spans.stream().map(span -> span.key().spanId()).toList();
    assertThat(action.evidence())
        .filteredOn(evidence -> evidence.href() != null)
        .isNotEmpty()
        .allSatisfy(evidence ->
            assertThat(ids).contains(String.valueOf(evidence.href()).replaceFirst(".*#s-", "")));
  }

  @Test
  void anOutcomeThatWasToldAnswers() {
    List<Span> spans = Stories.handOver(START);
    String trace = spans.getFirst().key().traceId();
    for (String label : new String[] {"success", "failure", "declined"}) {
      Evaluation told =
          new Evaluation(trace, null, null, "outcome", label, null, null, true, "sender", START);
      Answer action = answers(spans, List.of(told), nothing()).getFirst();
      assertThat(action.mark().tone())
          .isEqualTo(
              switch (label) {
                case "success" -> Tone.OK;
                case "failure" -> Tone.CRITICAL;
                default -> Tone.UNKNOWN;
              });
      assertThat(action.mark().word()).endsWith(label);
    }
  }

  @Test
  void policyIsUnknownSinceNoneDecided() {
    Answer policy = answers(Stories.handOver(START), List.of(), nothing()).get(1);
    assertThat(policy.mark().tone()).isEqualTo(Tone.UNKNOWN);
  }

  @Test
  void unknownCostIsNeverCountedAsNothing() {
    Answer whole = answers(Stories.handOver(START), List.of(), nothing()).get(2);
    assertThat(whole.mark().tone()).isEqualTo(Tone.OK);
    assertThat(whole.mark().word()).endsWith(", all of it");
    Answer part = answers(Stories.unpriced(START), List.of(), nothing()).get(2);
    assertThat(part.mark().tone()).isEqualTo(Tone.WARNING);
    assertThat(part.mark().word()).startsWith("At least");
    assertThat(part.evidence())
        .extracting(Evidence::words)
        .anyMatch(words -> words.startsWith("1 of 2 model calls priced"))
        .anyMatch(words -> words.startsWith("Unknown for 1: "));
  }

  @Test
  void whatIsNotOnTheLedgerCannotBeProven() {
    Answer proof = answers(Stories.handOver(START), List.of(), nothing()).get(3);
    assertThat(proof.mark().word()).isEqualTo("No");
    assertThat(proof.evidence())
        .extracting(Evidence::words)
        .anyMatch(words -> words.startsWith("refunds is not registered"))
        .anyMatch(words -> words.contains("its own telemetry"));
  }

  @Test
  void aRegisteredAgentIsProvenByItsEntryAndItsStepsAreNot() {
    try (ControlFixture control = new ControlFixture(folder)) {
      control.apply(Yaml.ALL);
      Answer proof = answers(Stories.handOver(START), List.of(), control.state()).get(3);
      assertThat(proof.mark().tone()).isEqualTo(Tone.UNKNOWN);
      assertThat(proof.mark().word()).startsWith("In part");
      assertThat(proof.evidence().getFirst().words()).contains("is entry 0, signed");
      assertThat(proof.evidence().getFirst().href()).isEqualTo("/ledger/0");
    }
  }
}
