// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an agent and the gateway tell of the same model call.
class OneCallTest {
  /// Of the tools `pay` and `look` lie behind the gateway.
  private final AgentDirectory directory =
      new AgentDirectory() {
        @Override
        public Optional<Listing> find(String agent) {
          return Optional.of(new Listing(agent, "", "", agent.equals("strict"), List.of()));
        }

        @Override
        public boolean behindGateway(String agent, String environment, ToolFacts tool) {
          return List.of("pay", "look").contains(tool.own());
        }
      };

  private Run run(Instant now, SpanDraft... drafts) {
    List<Span> spans = new ArrayList<>(Arrays.stream(drafts).map(SpanDraft::build).toList());
    List<Run> runs = new RunAssembler(directory, Silence.DEFAULT).assemble(spans, List.of(), now);
    Collections.reverse(spans);
    assertThat(new RunAssembler(directory, Silence.DEFAULT).assemble(spans, List.of(), now))
        .isEqualTo(runs);
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  private Run run(SpanDraft... drafts) {
    return run(NOON.plusSeconds(60), drafts);
  }

  private static SpanDraft agent(String name) {
    return span(SpanKind.AGENT, 1, 1).by(name).sentBy(name);
  }

  private static SpanDraft told(String name) {
    return span(SpanKind.MODEL, 1, 2)
        .under(1)
        .at(1)
        .sentBy(name)
        .model("gpt-5")
        .usage(100, 10)
        .cost("1");
  }

  private static SpanDraft passed(String name, long parent) {
    return span(SpanKind.MODEL, 1, 4)
        .under(parent)
        .at(2)
        .sentBy(name)
        .byGateway()
        .model("gpt-5")
        .attributes("{\"steward.decision\":\"allow\",\"steward.upstream\":\"openai\"}")
        .usage(7, 3)
        .cost("0.5");
  }

  @Test
  void countsOnceByParentWithTheGatewaysUsage() {
    Run run = run(agent("strict"), told("strict"), passed("strict", 2));

    assertThat(run.modelCalls()).isEqualTo(1);
    assertThat(run.steps()).isEqualTo(1);
    assertThat(run.inputTokens()).isEqualTo(7);
    assertThat(run.cost().amount()).isEqualByComparingTo("0.5");
    assertThat(run.ungoverned()).isZero();
  }

  @Test
  void countsOnceWithAnHttpSpanBetween() {
    Run run =
        run(
            agent("strict"),
            told("strict"),
            span(SpanKind.OTHER, 1, 3).under(2).at(1).sentBy("strict"),
            passed("strict", 3));

    assertThat(run.modelCalls()).isEqualTo(1);
    assertThat(run.inputTokens()).isEqualTo(7);
    assertThat(run.ungoverned()).isZero();
  }

  @Test
  void countsOnceByTheIdOfTheResponseWhereBothStandBesideEachOther() {
    Run run =
        run(agent("strict"), told("strict").answering("r-1"), passed("strict", 1).answering("r-1"));

    assertThat(run.modelCalls()).isEqualTo(1);
    assertThat(run.inputTokens()).isEqualTo(7);
    assertThat(run.ungoverned()).isZero();
  }

  @Test
  void anotherAgentsCallIsAnotherCall() {
    Run run = run(agent("lax"), told("lax").answering("r-1"), passed("other", 1).answering("r-1"));

    assertThat(run.modelCalls()).isEqualTo(2);
  }

  @Test
  void isOneStepInTheAgentsPlaceWithWhatTheGatewayDecided() {
    List<Span> steps =
        OneStep.of(
            List.of(agent("strict").build(), told("strict").build(), passed("strict", 2).build()));

    assertThat(steps).hasSize(2);
    Span step = steps.getLast();
    assertThat(step.key().spanId()).isEqualTo(told("strict").build().key().spanId());
    assertThat(step.parentSpanId()).isEqualTo(agent("strict").build().key().spanId());
    assertThat(step.usage()).isEqualTo(passed("strict", 2).build().usage());
    assertThat(Enforced.of(step).orElseThrow().upstream()).isEqualTo("openai");
  }

  @Test
  void aCallThatOnlyTheAgentTellsOfWentPastTheGateway() {
    assertThat(run(agent("strict"), told("strict")).ungoverned()).isEqualTo(1);
    assertThat(run(agent("lax"), told("lax")).ungoverned()).isZero();
  }

  @Test
  void nobodyIsBlamedWhileTheGatewaysRecordMayStillCome() {
    Instant received = told("strict").build().received();

    assertThat(run(received.plusSeconds(1), agent("strict"), told("strict")).ungoverned()).isZero();
    assertThat(run(received.plusSeconds(11), agent("strict"), told("strict")).ungoverned())
        .isEqualTo(1);
  }

  @Test
  void aCallThatNeverLeftTheAgentWentPastNobody() {
    SpanDraft failed = span(SpanKind.MODEL, 1, 2).under(1).at(1).sentBy("strict").failed();

    assertThat(run(agent("strict"), failed).ungoverned()).isZero();
  }

  @Test
  void aRunOfTheGatewayIsAtWorkUntilItsSpanIsEnded() {
    SpanDraft open = span(SpanKind.AGENT, 1, 1).sentBy("lax").byGateway().unended();

    assertThat(run(open, passed("lax", 1)).status()).isEqualTo(RunStatus.WORKING);
    assertThat(run(open.failed(), passed("lax", 1)).status()).isEqualTo(RunStatus.FAILED);
  }

  private static SpanDraft toldTool(String name, String tool) {
    return span(SpanKind.TOOL, 1, 5).under(1).at(1).sentBy(name).tool(tool, null);
  }

  private static SpanDraft passedTool(String name, long parent) {
    return span(SpanKind.TOOL, 1, 6)
        .under(parent)
        .at(1)
        .sentBy(name)
        .byGateway()
        .attributes("{\"steward.decision\":\"allow\",\"steward.why\":\"m\"}")
        .tool("bank", "pay", null);
  }

  @Test
  void aToolCallThatBothTellOfIsOneStepBelowTheOther() {
    Run run = run(agent("strict"), toldTool("strict", "bank__pay"), passedTool("strict", 5));

    assertThat(run.toolCalls()).isEqualTo(1);
    assertThat(run.steps()).isEqualTo(1);
    assertThat(run.ungovernedTools()).isZero();
  }

  @Test
  void aToolCallThatBothTellOfIsOneStepBesideTheOther() {
    SpanDraft told = toldTool("strict", "pay").calling("c-1");
    SpanDraft passed = passedTool("strict", 1).calling("c-1");
    Run run = run(agent("strict"), told, passed);

    assertThat(run.toolCalls()).isEqualTo(1);
    assertThat(run.ungovernedTools()).isZero();
    List<Span> steps = OneStep.of(List.of(agent("strict").build(), told.build(), passed.build()));
    assertThat(steps).hasSize(2);
    assertThat(steps.getLast().key()).isEqualTo(told.build().key());
    assertThat(steps.getLast().tool()).isEqualTo(new ToolFacts("pay", "bank", "c-1", "function"));
    assertThat(Enforced.of(steps.getLast()).orElseThrow().decision()).isEqualTo("allow");
  }

  @Test
  void oneTellingStandsForOneCallOnly() {
    Run run =
        run(
            agent("strict"),
            toldTool("strict", "pay").calling("c-1"),
            span(SpanKind.TOOL, 1, 7)
                .under(1)
                .at(4)
                .sentBy("strict")
                .tool("pay", null)
                .calling("c-1"),
            passedTool("strict", 1).calling("c-1"));

    assertThat(run.toolCalls()).isEqualTo(2);
    assertThat(run.ungovernedTools()).isEqualTo(1);
  }

  @Test
  void aToolCallThatOnlyTheAgentTellsOfWentPastTheGatewayWhereItsToolLiesBehindIt() {
    assertThat(run(agent("strict"), toldTool("strict", "pay")).ungovernedTools()).isEqualTo(1);
    assertThat(run(agent("strict"), toldTool("strict", "pay")).ungoverned()).isZero();
    assertThat(run(agent("strict"), toldTool("strict", "own")).ungovernedTools()).isZero();
    assertThat(run(agent("lax"), toldTool("lax", "pay")).ungovernedTools()).isZero();
    assertThat(run(agent("strict"), toldTool("strict", "pay").failed()).ungovernedTools()).isZero();
    Instant received = toldTool("strict", "pay").build().received();
    assertThat(run(received.plusSeconds(1), agent("strict"), toldTool("strict", "pay")))
        .extracting(Run::ungovernedTools)
        .isEqualTo(0);
  }

  @Test
  void anotherToolsOrAnothersCallIsNotTheOneThatPassed() {
    assertThat(run(agent("strict"), toldTool("strict", "look"), passedTool("strict", 1)))
        .extracting(Run::toolCalls, Run::ungovernedTools)
        .containsExactly(2, 1);
    assertThat(
            run(
                agent("strict"),
                toldTool("strict", "pay").calling("c-1"),
                passedTool("strict", 1).calling("c-2")))
        .extracting(Run::toolCalls, Run::ungovernedTools)
        .containsExactly(2, 1);
    assertThat(run(agent("strict"), toldTool("strict", "pay"), passedTool("other", 1)))
        .extracting(Run::toolCalls, Run::ungovernedTools)
        .containsExactly(2, 1);
  }
}
