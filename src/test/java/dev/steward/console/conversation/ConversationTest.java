// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.conversation.Step.Kind;
import dev.steward.console.stage.SpanScript;
import dev.steward.console.stage.Stories;
import dev.steward.console.turn.Block;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Instant START = Instant.parse("2026-11-21T03:06:22Z");

  @Test
  void eachThingSaidIsShownOnceInOrder() {
    List<Step> steps = read(Stories.handOver(START));
    assertThat(steps)
        .extracting(Step::kind)
        .containsExactly(
            Kind.INSTRUCTIONS,
            Kind.SAID,
            Kind.MODEL,
            Kind.TOOL,
            Kind.MODEL,
            Kind.HANDOVER,
            Kind.TOOL,
            Kind.MODEL,
            Kind.MODEL,
            Kind.TOOL,
            Kind.TOOL,
            Kind.MODEL);
    assertThat(steps)
        .extracting(Step::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(steps.get(5).other()).isEqualTo("fraud-check");
    assertThat(steps).extracting(Step::depth).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void anErrorAndItsRetryAreTold() {
    List<Step> steps = read(Stories.handOver(START));
    assertThat(steps.get(9).failed()).isTrue();
    assertThat(steps.get(9).blocks()).contains(new Block.Failed("upstream timed out after 10 s"));
    assertThat(steps.get(10).failed()).isFalse();
    assertThat(steps.get(10).tags()).extracting(Step.Tag::word).containsExactly("try 2");
  }

  @Test
  void theOrderOfArrivalMakesNoDifference() {
    List<Span> spans = new ArrayList<>(Stories.handOver(START));
    List<Step> steps = read(spans);
    Collections.shuffle(spans, new Random(3));
    assertThat(read(spans)).isEqualTo(steps);
  }

  @Test
  void theSameAnswerGivenTwiceIsHeardTwice() {
    SpanScript script = new SpanScript(90, "inbox", "production", START);
    script.agent(
        "inbox",
        "yes",
        true,
        null,
        () -> {
          script.model("gpt-5-mini", 10, 1, 1, "0.1", "Sure?");
          script.heard("yes");
          script.model("gpt-5-mini", 10, 1, 1, "0.1", "Done.");
        });
    assertThat(read(script.spans()))
        .extracting(Step::who)
        .containsExactly("User", "inbox", "User", "inbox");
  }

  @Test
  void turnsBeforeTheRunAreFolded() {
    SpanScript script = new SpanScript(91, "inbox", "production", START);
    script.agent(
        "inbox",
        "And the other parcel?",
        true,
        null,
        () -> {
          script.earlier("Where is my parcel?", "It is in Lyon.");
          script.model("gpt-5-mini", 10, 1, 1, "0.1", "In Metz.");
        });
    List<Step> steps = read(script.withoutAgentContent());
    assertThat(steps).hasSize(3);
    assertThat(steps.getFirst().blocks().getFirst())
        .isInstanceOfSatisfying(
            Block.Folded.class,
            folded -> {
              assertThat(folded.label()).isEqualTo("Earlier in this conversation, 2 messages");
              assertThat(folded.text()).contains("Where is my parcel?", "It is in Lyon.");
            });
  }

  @Test
  void anAgentThatStopsSaysWhy() {
    List<Step> steps = read(Stories.failing(START));
    assertThat(steps.getLast().role()).isEqualTo("stopped");
    assertThat(steps.getLast().blocks())
        .contains(new Block.Failed("the model answered 500 three times"));
  }

  @Test
  void withoutPermissionNothingSaidIsInAnyStep() {
    Conversation conversation =
        Conversation.of("refunds", SpanTree.of(Stories.handOver(START)), false);
    assertThat(conversation.steps(0, 100))
        .allSatisfy(step -> assertThat(step.blocks()).allMatch(Block.Failed.class::isInstance))
        .hasSize(10);
    Conversation failing = Conversation.of("refunds", SpanTree.of(Stories.failing(START)), false);
    assertThat(failing.steps(0, 100))
        .allSatisfy(step -> assertThat(step.toString()).doesNotContain("500 three times"));
  }

  @Test
  void longTextIsCutAndKeptWholeForWhoAsks() {
    SpanTree tree = SpanTree.of(Stories.hostile(START));
    Conversation conversation = Conversation.of("pricing-poc", tree, true);
    Step cut = conversation.steps(0, 10).get(1);
    assertThat(((Block.Said) cut.blocks().getFirst()).whole()).isFalse();
    Step whole = conversation.whole(cut.spanId()).getLast();
    assertThat(((Block.Said) whole.blocks().getFirst()).text()).hasSize(4038);
    assertThat(whole.anchor()).isEqualTo(cut.anchor());
  }

  @Test
  void tenThousandSpansAreReadInParts() {
    Conversation conversation =
        Conversation.of("coder", SpanTree.of(Stories.endless(START, 10_001)), true);
    assertThat(conversation.size()).isEqualTo(10_001);
    assertThat(conversation.steps(200, 200))
        .hasSize(200)
        .first()
        .extracting(Step::number)
        .isEqualTo(201);
    assertThat(conversation.steps(10_000, 200)).hasSize(1);
    assertThat(conversation.steps(20_000, 200)).isEmpty();
  }

  @Test
  void whatReadersLookForIsNamedWithItsSteps() {
    Conversation conversation =
        Conversation.of("refunds", SpanTree.of(Stories.handOver(START)), true);
    assertThat(conversation.landmarks())
        .extracting(landmark -> landmark.name() + " " + landmark.count())
        .containsExactly(
            "Goal 1", "Hand-overs 1", "Tool calls 4", "Retries 1", "Errors 1", "Answer 1");
    assertThat(conversation.landmarks().getFirst().places().getFirst().number()).isEqualTo(2);
    Step last = conversation.steps(11, 1).getFirst();
    assertThat(last.tags()).extracting(Step.Tag::word).containsExactly("final answer");
    assertThat(last.tokens()).isEqualTo("2,900 → 66");
  }

  @Test
  void theLastWordOfARunAtWorkIsNoAnswerYet() {
    SpanTree tree = SpanTree.of(Stories.handOver(START));
    Conversation conversation = Conversation.of("refunds", tree, ToolEffects.NONE, true, true);
    assertThat(conversation.steps(0, 100))
        .flatExtracting(Step::tags)
        .extracting(Step.Tag::word)
        .doesNotContain("final answer");
    assertThat(conversation.landmarks())
        .extracting(Landmark::name)
        .contains("Latest step")
        .doesNotContain("Answer", "Ended at");
  }

  @Test
  void aStatedPlanIsFound() {
    Conversation conversation =
        Conversation.of("research", SpanTree.of(Stories.unfinished(4, START)), true);
    assertThat(conversation.landmarks()).extracting(Landmark::name).contains("Plan");
  }

  @Test
  void reasoningInTagsIsToldApartFromWhatIsSaid() {
    SpanScript script = new SpanScript(91, "inbox", "production", START);
    script.agent(
        "inbox",
        "Is the parcel late?",
        true,
        null,
        () ->
            script.model(
                "claude", 10, 1, 1, "0.1", "<thinking>It was sent on Monday.</thinking>No."));
    Step answer = read(script.spans()).getLast();
    assertThat(answer.blocks())
        .containsExactly(
            new Block.Folded(
                "Reasoning, as stated", "It was sent on Monday.", true, "22 characters"),
            new Block.Said("No.", true, "3 characters"));
  }

  @Test
  void toolsSayWhatTheyDoToTheWorld() {
    ToolEffects effects =
        new ToolEffects(java.util.Map.of("payments/refund", "money", "get_order", "read"));
    assertThat(effects.changes("payments/refund")).isTrue();
    assertThat(effects.changes("payments/get_order")).isFalse();
    assertThat(effects.of("other/tool")).isEmpty();
    List<Step> steps =
        Conversation.of("refunds", SpanTree.of(Stories.handOver(START)), effects, true, false)
            .steps(0, 100);
    assertThat(steps.get(10).tags()).extracting(Step.Tag::word).containsExactly("money", "try 2");
  }

  @Test
  void whatAnInnerAgentHearsAgainIsFolded() {
    String task = "Compare the three largest heat pump makers in Europe by noise and by price.";
    SpanScript script = new SpanScript(92, "lead", "production", START);
    script.agent(
        "lead",
        task,
        true,
        null,
        () ->
            script.agent(
                "helper",
                "Go.",
                true,
                null,
                () -> {
                  script.heard(task);
                  script.model("gpt-5-mini", 10, 1, 1, "0.1", "Done.");
                }));
    assertThat(read(script.spans()))
        .filteredOn(step -> step.depth() == 1 && step.kind() == Kind.INSTRUCTIONS)
        .singleElement()
        .satisfies(step ->
            assertThat(step.blocks().getFirst())
                .isInstanceOfSatisfying(
                    Block.Folded.class,
                    folded -> assertThat(folded.label()).isEqualTo("Said again, as above")));
  }

  private static List<Step> read(List<Span> spans) {
    return Conversation.of("refunds", SpanTree.of(spans), true).steps(0, 1000);
  }

  @Test
  void aToolStepNamesTheModelStepThatProposedIt() {
    List<Step> steps = read(Stories.handOver(START));

    String model = "";
    int told = 0;
    for (Step step : steps) {
      model = step.kind() == Kind.MODEL ? step.spanId() : model;
      for (Block block : step.blocks()) {
        if (block instanceof Block.Because because) {
          assertThat(step.kind()).isEqualTo(Kind.TOOL);
          assertThat(because.missed()).isFalse();
          assertThat(steps).extracting(Step::spanId).contains(because.step());
          told++;
        }
      }
    }
    assertThat(told).isPositive();
    assertThat(steps.get(3).blocks().getFirst())
        .isEqualTo(new Block.Because(steps.get(2).spanId(), "by the call's id", false));
  }

  @Test
  void whatTheGatewayFoundOutOfACallStandsAboveWhatTheRunTells() {
    Span found =
        tool(1, "{\"steward.why\":\"00000000000000aa\",\"steward.attribution\":\"arguments\"}");
    Span missed = tool(2, "{\"steward.why\":\"\",\"steward.unattributed\":true}");
    List<Step> steps = read(List.of(found, missed));

    assertThat(steps.get(0).blocks())
        .contains(new Block.Because("00000000000000aa", "by equal arguments", false));
    assertThat(steps.get(1).blocks())
        .contains(new Block.Because("", "no model step proposed it", true));
  }

  private static Span tool(long id, String attributes) {
    return SpanDraft.span(dev.steward.domain.SpanKind.TOOL, 9, id)
        .at(id)
        .tool("bank", "pay", null)
        .byGateway()
        .attributes(attributes)
        .build();
  }
}
