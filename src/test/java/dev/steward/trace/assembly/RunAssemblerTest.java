// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunAssemblerTest {
  private final AgentDirectory directory =
      new AgentDirectory() {
        @Override
        public Optional<Listing> find(String agent) {
          return agent.equals("refunds")
              ? Optional.of(
                  new Listing(
                      "refunds", "flow", "support", List.of(new OutcomeRule("refund", "success"))))
              : Optional.empty();
        }

        @Override
        public String versionInForce(String agent, String environment) {
          return agent.equals("refunds") ? "v3@" + environment : "undeclared";
        }
      };

  private List<Run> runs(SpanDraft... drafts) {
    return new RunAssembler(directory, Silence.DEFAULT)
        .assemble(
            Arrays.stream(drafts).map(SpanDraft::build).toList(), List.of(), NOON.plusSeconds(60));
  }

  private Run run(SpanDraft... drafts) {
    List<Run> runs = runs(drafts);
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  @Test
  void aSubAgentIsPartOfTheRunAboveIt() {
    Run run =
        run(
            span(SpanKind.OTHER, 1, 9),
            span(SpanKind.AGENT, 1, 1).under(9).by("lead").at(1),
            span(SpanKind.STEP, 1, 2).under(1).at(2),
            span(SpanKind.AGENT, 1, 3).under(2).by("helper").version("h1").at(3));

    assertThat(run.id()).isEqualTo(trace(1));
    assertThat(run.agent()).isEqualTo("lead");
    assertThat(run.rootSpanId()).isEqualTo(id(1));
    assertThat(run.version()).isEqualTo("undeclared");
    assertThat(run.spans()).isEqualTo(4);
  }

  @Test
  void aRunWaitsWhileAPersonHasNotAnsweredItsLastCall() {
    SpanDraft model = span(SpanKind.MODEL, 1, 1).under(9);
    SpanDraft asked =
        span(SpanKind.TOOL, 1, 2)
            .under(9)
            .at(1)
            .byGateway()
            .attributes("{\"steward.decision\":\"require_approval\"}");
    SpanDraft called =
        span(SpanKind.TOOL, 1, 3)
            .under(9)
            .at(2)
            .byGateway()
            .attributes("{\"steward.decision\":\"allow\"}");

    assertThat(run(model, asked).status()).isEqualTo(RunStatus.WAITING);
    assertThat(run(model, asked, called).status()).isEqualTo(RunStatus.WORKING);
  }

  @Test
  void aRunIsItsSendersWhateverItCallsItself() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1).by("refunds").sentBy("stranger").version("v9"),
            span(SpanKind.AGENT, 1, 2).under(1).at(1).by("refunds").sentBy("stranger"),
            span(SpanKind.MODEL, 1, 3).under(2).at(2).sentBy("stranger"));

    assertThat(run.agent()).isEqualTo("stranger");
    assertThat(run.registered()).isFalse();
    assertThat(run.team()).isEmpty();
    assertThat(run.version()).isEqualTo("undeclared");
  }

  @Test
  void whoSendsTheFirstSpansNamesARunUntilItsRootIsThere() {
    SpanDraft inner = span(SpanKind.MODEL, 1, 3).under(2).at(2).sentBy("refunds");

    assertThat(run(inner).agent()).isEqualTo("refunds");
    assertThat(run(inner, span(SpanKind.AGENT, 1, 2).by("lead")).agent()).isEqualTo("lead");
  }

  @Test
  void severalRootAgentsAreSeveralRuns() {
    List<Run> runs =
        runs(
            span(SpanKind.STEP, 1, 1),
            span(SpanKind.AGENT, 1, 3).under(1).at(5).by("b"),
            span(SpanKind.AGENT, 1, 2).under(1).at(1).by("a"),
            span(SpanKind.TOOL, 1, 4).under(3).at(6));

    assertThat(runs)
        .extracting(Run::id)
        .containsExactly(trace(1) + "-" + id(2), trace(1) + "-" + id(3));
    assertThat(runs).extracting(Run::spans).containsExactly(2, 2);
  }

  @Test
  void aTraceWithoutAgentIsOneRunOfItsService() {
    Run run = run(span(SpanKind.OTHER, 1, 1).from("shop"), span(SpanKind.MODEL, 1, 2).under(1));

    assertThat(run.agent()).isEqualTo("shop");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.registered()).isFalse();
  }

  @Test
  void whatTheRegistryKnowsFillsTheGaps() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1).by("refunds").environment("production"),
            span(SpanKind.TOOL, 1, 2).under(1).tool("refund", "c"));

    assertThat(run.version()).isEqualTo("v3@production");
    assertThat(run.workflow()).isEqualTo("flow");
    assertThat(run.team()).isEqualTo("support");
    assertThat(run.task()).isEqualTo(run.id());
    assertThat(run.outcome()).isEqualTo("success");
    assertThat(run.registered()).isTrue();
  }

  @Test
  void aToolThatFailedIsNoOutcome() {
    assertThat(
            run(
                    span(SpanKind.AGENT, 1, 1).by("refunds"),
                    span(SpanKind.TOOL, 1, 2).under(1).tool("refund", "c").failed())
                .outcome())
        .isNull();
  }

  @Test
  void aToolCallToldThreeTimesCountsOnce() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1),
            span(SpanKind.TOOL, 1, 2).under(1).tool("find", "c1").failed(),
            span(SpanKind.TOOL, 1, 3).under(2).tool("mcp", "find", null).failed(),
            span(SpanKind.OTHER, 1, 4).under(3),
            span(SpanKind.TOOL, 1, 5).under(4).tool("mcp", "find", "c1").failed(),
            span(SpanKind.TOOL, 1, 6).under(1).at(3).tool("find", "c2"));

    assertThat(run.toolCalls()).isEqualTo(2);
    assertThat(run.steps()).isEqualTo(2);
    assertThat(run.errors()).isEqualTo(1);
  }

  @Test
  void callsOfOneIdThatStandApartAreSeveralCalls() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1),
            span(SpanKind.TOOL, 1, 2).under(1).tool("find", "c1").failed(),
            span(SpanKind.TOOL, 1, 3).under(1).at(1).tool("find", "c1").failed(),
            span(SpanKind.TOOL, 1, 4).under(1).at(2).tool("ask", "c2"),
            span(SpanKind.AGENT, 1, 5).under(4).at(2),
            span(SpanKind.TOOL, 1, 6).under(5).at(3).tool("ask", "c2"));

    assertThat(run.toolCalls()).isEqualTo(4);
    assertThat(run.errors()).isEqualTo(2);
  }

  @Test
  void aCallToldUnderTwoNamesCountsOnce() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1),
            span(SpanKind.TOOL, 1, 2).under(1).tool("shop__find", "c1"),
            span(SpanKind.TOOL, 1, 3).under(2).at(1).tool("find", "c1"),
            span(SpanKind.TOOL, 1, 4).under(2).at(2).tool("log", null));

    assertThat(run.toolCalls()).isEqualTo(2);
  }

  @Test
  void aModelCallToldByFrameworkAndClientCountsOnce() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1).usage(12, 12),
            span(SpanKind.MODEL, 1, 2).under(1).usage(5, 6).cost("0.1"),
            span(SpanKind.OTHER, 1, 3).under(2),
            span(SpanKind.MODEL, 1, 4).under(3).usage(5, 6).cost("0.1"),
            span(SpanKind.MODEL, 1, 5).under(1).at(4).usage(7, 8).cost("0.2"),
            span(SpanKind.MODEL, 1, 6).under(5).at(4).costUnknown(),
            span(SpanKind.EMBEDDING, 1, 7).under(1).at(5).usage(1, 0).cost("0.01"));

    assertThat(run.modelCalls()).isEqualTo(2);
    assertThat(run.inputTokens()).isEqualTo(13);
    assertThat(run.outputTokens()).isEqualTo(14);
    assertThat(run.cost().amount()).isEqualByComparingTo("0.31");
    assertThat(run.cost().known()).isTrue();
  }

  @Test
  void usageOfTheAgentAloneCountsOnceAndItsCostIsUnknown() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1).usage(10, 2),
            span(SpanKind.AGENT, 1, 2).under(1).usage(4, 1));

    assertThat(run.inputTokens()).isEqualTo(10);
    assertThat(run.cost().unknown()).isEqualTo(1);
    assertThat(run.cost().known()).isFalse();
  }

  @Test
  void unknownIsNotZero() {
    Run run = run(span(SpanKind.AGENT, 1, 1), span(SpanKind.MODEL, 1, 2).under(1).costUnknown());

    assertThat(run.inputTokens()).isNull();
    assertThat(run.cost().known()).isFalse();
    assertThat(run(span(SpanKind.AGENT, 1, 1)).cost().known()).isFalse();
  }

  @Test
  void spansWithoutTheirParentWaitInTheRunOfTheTrace() {
    Run run =
        run(
            span(SpanKind.AGENT, 1, 1).by("a"),
            span(SpanKind.TOOL, 1, 2).under(77).at(1),
            span(SpanKind.MODEL, 1, 3).under(4).at(2),
            span(SpanKind.STEP, 1, 4).under(3).at(3));

    assertThat(run.spans()).isEqualTo(4);
    assertThat(run.steps()).isEqualTo(2);
  }

  @Test
  void anOutcomeOfASpanIsThatOfItsRunOnly() {
    Evaluation judged =
        new Evaluation(trace(1), id(3), null, "o", "failure", 0.1, null, true, "x", NOON);
    List<Run> runs =
        new RunAssembler(directory, Silence.DEFAULT)
            .assemble(
                List.of(
                    span(SpanKind.AGENT, 1, 2).build(), span(SpanKind.AGENT, 1, 3).at(1).build()),
                List.of(judged),
                NOON);

    assertThat(runs).extracting(Run::outcome).containsExactly(null, "failure");
  }

  @Test
  void aClockFiveMinutesAheadIsFlaggedAndALateSpanIsNot() {
    assertThat(run(span(SpanKind.AGENT, 1, 1).receivedAfter(Duration.ofDays(6))).skewed())
        .isFalse();
    assertThat(run(span(SpanKind.AGENT, 1, 1).receivedAfter(Duration.ofMinutes(-4))).skewed())
        .isFalse();
    assertThat(run(span(SpanKind.AGENT, 1, 1).receivedAfter(Duration.ofMinutes(-6))).skewed())
        .isTrue();
    assertThat(run(span(SpanKind.AGENT, 1, 1).received(Instant.EPOCH)).skewed()).isTrue();
  }

  @Test
  void versionsThatWereInForceStay() {
    VersionPins pins = VersionPins.none();
    pins.pin("refunds", "", "v1");
    SpanFacts facts = SpanFacts.of(span(SpanKind.AGENT, 1, 1).by("refunds").build());

    assertThat(
            new RunAssembler(directory, Silence.DEFAULT)
                .assemble(List.of(facts), List.of(), pins)
                .getFirst()
                .run()
                .version())
        .isEqualTo("v1");
  }
}
