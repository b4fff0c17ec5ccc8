// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoopWatchTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Dialogue dialogue = new Dialogue(LoopLimits.DEFAULT);

  @Test
  void theSameCallWithTheSameAnswerStopsTheRunAtTheFifthTime() {
    for (int i = 0; i < 5; i++) {
      assertThat(dialogue.loops()).isEmpty();
      dialogue.uses("get_order", "{\"id\": 7}", "{\"state\": \"sent\"}");
    }
    dialogue.ask();

    assertThat(dialogue.loops()).hasSize(1);
    Loop loop = dialogue.loops().getFirst();
    assertThat(loop.rule()).isEqualTo(LoopRule.SAME_CALL);
    assertThat(loop.stops()).isTrue();
    assertThat(loop.reason())
        .isEqualTo(
            "called get_order with the same arguments 5 times in a row and got the same answer each"
                + " time");
    assertThat(dialogue.watch().stopped()).contains(loop);
  }

  @Test
  void argumentsAreTheSameWhateverTheOrderOfTheirMembers() {
    for (int i = 0; i < 5; i++) {
      String arguments = i % 2 == 0 ? "{\"a\":1,\"b\":2.0}" : "{ \"b\": 2, \"a\": 1 }";
      dialogue.uses("get_order", arguments, "sent");
    }
    dialogue.ask();

    assertThat(dialogue.loops()).extracting(Loop::rule).containsExactly(LoopRule.SAME_CALL);
  }

  @Test
  void answersThatDifferInTheTimeOnlyAreTheSame() {
    for (int i = 0; i < 5; i++) {
      dialogue.uses("get_order", "{}", "sent, as of 2026-11-21T09:00:%02d.123Z".formatted(i));
    }
    dialogue.ask();

    assertThat(dialogue.loops()).extracting(Loop::rule).containsExactly(LoopRule.SAME_CALL);
  }

  @Test
  void otherArgumentsAreNoLoop() {
    for (int i = 0; i < 100; i++) {
      dialogue.uses("get_order", "{\"id\": %d}".formatted(i), "order %d".formatted(i));
    }
    dialogue.ask();

    assertThat(dialogue.loops()).isEmpty();
  }

  @Test
  void aJobThatIsAskedForUntilItMovesIsFlaggedAndNotStopped() {
    for (int i = 0; i < 30; i++) {
      dialogue.uses("get_job", "{\"id\": 7}", "%d %% done".formatted(i));
    }
    dialogue.ask();

    assertThat(dialogue.loops()).extracting(Loop::rule).containsExactly(LoopRule.POLLING);
    assertThat(dialogue.loops().getFirst().stops()).isFalse();
    assertThat(dialogue.loops().getFirst().reason())
        .isEqualTo("called get_job with the same arguments 10 times in a row; the answers changed");
  }

  @Test
  void aCircleOfTwoIsStoppedInItsThirdRound() {
    for (int round = 0; round < 3; round++) {
      dialogue
          .uses("search_mail", "{\"q\": \"receipt\"}", "nothing")
          .uses("get_order", "{}", "sent");
    }
    dialogue.ask();

    assertThat(dialogue.loops()).hasSize(1);
    assertThat(dialogue.loops().getFirst().rule()).isEqualTo(LoopRule.CYCLE);
    assertThat(dialogue.loops().getFirst().reason())
        .isEqualTo(
            "went round search_mail → get_order 3 times, with the same arguments and the same"
                + " answers each time");
  }

  @Test
  void aCircleWhoseAnswersChangeIsWork() {
    for (int round = 0; round < 20; round++) {
      dialogue.uses("edit", "{\"line\": %d}".formatted(round), "ok");
      dialogue.uses("run_tests", "{}", "%d tests fail".formatted(20 - round));
    }
    dialogue.ask();

    assertThat(dialogue.loops()).isEmpty();
  }

  @Test
  void wanderingAmongWhatIsKnownIsStopped() {
    String[] tools = {"a", "b", "c", "d", "e"};
    for (String tool : tools) {
      dialogue.uses(tool, "{}", "answer of " + tool);
    }
    for (int i : new int[] {2, 0, 4, 1, 1, 3, 0, 2, 4, 3}) {
      assertThat(dialogue.loops()).isEmpty();
      dialogue.uses(tools[i], "{}", "answer of " + tools[i]);
    }
    dialogue.ask();

    assertThat(dialogue.loops()).extracting(Loop::rule).containsExactly(LoopRule.NO_NEW_STATE);
    assertThat(dialogue.watch().stopped()).isPresent();
  }

  @Test
  void searchesThatAllFindNothingAreFlagged() {
    for (int i = 0; i < 12; i++) {
      dialogue.uses("search_mail", "{\"q\": \"receipt %d\"}".formatted(i), "[]");
    }
    dialogue.ask();

    assertThat(dialogue.loops()).extracting(Loop::rule).containsExactly(LoopRule.SAME_ANSWER);
    assertThat(dialogue.loops().getFirst().stops()).isFalse();
  }

  @Test
  void callsMadeAtOnceAreOneDeed() {
    dialogue.usesAtOnce(List.of("a", "a", "a", "a", "a", "a"), "{}", "same");
    dialogue.ask();
    assertThat(dialogue.loops()).isEmpty();

    for (int i = 0; i < 5; i++) {
      dialogue.usesAtOnce(i % 2 == 0 ? List.of("x", "y") : List.of("y", "x"), "{}", "same");
    }
    dialogue.ask();

    assertThat(dialogue.loops())
        .extracting(Loop::reason)
        .containsExactly(
            "called x and y with the same arguments 5 times in a row and got the same answer each"
                + " time");
  }

  @Test
  void wordsThatAreSaidAndHeardAgainAreALoop() {
    for (int i = 0; i < 5; i++) {
      dialogue.talks("I will hand this to the reviewer.", "Please go on.");
    }
    dialogue.ask();

    assertThat(dialogue.loops())
        .extracting(Loop::reason)
        .containsExactly("said the same 5 times in a row and heard the same each time");
  }

  @Test
  void aPersonWhoSpeaksUpBreaksTheRepetition() {
    for (int i = 0; i < 4; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    dialogue.ask();
    dialogue.talks("It is on its way.", "Look once more.");
    for (int i = 0; i < 4; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    dialogue.ask();

    assertThat(dialogue.loops()).isEmpty();
  }

  @Test
  void aLoopInThePastOfAConversationIsNotHeldAgainstANewRun() {
    for (int i = 0; i < 9; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    dialogue.say("user", "You went round in circles. Ask the warehouse.");
    LoopWatch next = new LoopWatch(LoopLimits.DEFAULT);

    assertThat(next.observe(dialogue.request())).isEmpty();
  }

  @Test
  void aRunThatIsSeenForTheFirstTimeInTheMiddleOfALoopIsStoppedAtOnce() {
    for (int i = 0; i < 9; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    LoopWatch next = new LoopWatch(LoopLimits.DEFAULT);

    assertThat(next.observe(dialogue.request())).hasSize(1);
  }

  @Test
  void aLoopIsToldOnceUntilItIsLeftAndBegunAnew() {
    for (int i = 0; i < 12; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    dialogue.uses("get_customer", "{}", "Dana");
    dialogue.ask();
    assertThat(count(LoopRule.SAME_CALL)).isEqualTo(1);

    for (int i = 0; i < 6; i++) {
      dialogue.uses("get_order", "{}", "sent");
    }
    dialogue.ask();
    assertThat(count(LoopRule.SAME_CALL)).isEqualTo(2);
  }

  @Test
  void aConversationThatIsCutAtTheFrontIsStillWatched() {
    for (int i = 0; i < 12; i++) {
      dialogue.uses("get_order", "{}", "sent");
      dialogue.cutTo(7);
    }

    assertThat(count(LoopRule.SAME_CALL)).isEqualTo(1);
    assertThat(dialogue.loops().getFirst().count()).isEqualTo(5);
  }

  @Test
  void aRetryAddsNothing() {
    for (int i = 0; i < 4; i++) {
      dialogue.uses("get_order", "{}", "sent");
      dialogue.ask();
      dialogue.ask();
    }
    assertThat(dialogue.loops()).isEmpty();
  }

  @Test
  void theVerySameRequestIsFlaggedAtTheTwentiethTime() {
    for (int i = 0; i < 19; i++) {
      dialogue.ask();
    }
    assertThat(dialogue.loops()).isEmpty();

    assertThat(dialogue.ask()).extracting(Loop::rule).containsExactly(LoopRule.SAME_REQUEST);
  }

  @Test
  void oneCallMoreThanTheVersionAllowsStopsTheRun() {
    Dialogue short3 = new Dialogue(LoopLimits.of(JSON.readTree("{\"maxSteps\": 3}")));
    for (int i = 0; i < 3; i++) {
      short3.uses("get_order", "{\"id\": %d}".formatted(i), "order %d".formatted(i));
    }
    assertThat(short3.loops()).isEmpty();

    assertThat(short3.ask())
        .singleElement()
        .satisfies(loop -> {
          assertThat(loop.rule()).isEqualTo(LoopRule.STEPS);
          assertThat(loop.stops()).isTrue();
        });
  }

  @Test
  void anActionOfTheVersionHolds() {
    Dialogue lenient =
        new Dialogue(
            LoopLimits.of(
                JSON.readTree(
                    "{\"loops\": {\"sameCall\": {\"times\": 3, \"action\": \"flag\"}}}")));
    for (int i = 0; i < 3; i++) {
      lenient.uses("get_order", "{}", "sent");
    }

    assertThat(lenient.ask()).extracting(Loop::stops).containsExactly(false);
    assertThat(lenient.watch().stopped()).isEmpty();
  }

  @Test
  void aConversationKeptByTheProviderIsWatchedByItsAnswers() {
    LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT);
    List<Loop> loops = new ArrayList<>();
    String previous = "";
    String input = "\"Where is order 7?\"";
    for (int i = 0; i < 6; i++) {
      loops.addAll(watch.observe(new Step.Asked(at(i), "c" + i, input, previous)));
      String output =
          "[{\"type\":\"function_call\",\"call_id\":\"f%d\",\"name\":\"get_order\",\"arguments\":\"{}\"}]"
              .formatted(i);
      previous = "resp_" + i;
      watch.observe(
          new Step.Answered(at(i), "c" + i, output, previous, new Cost.Unknown("no price")));
      input =
          "[{\"type\":\"function_call_output\",\"call_id\":\"f%d\",\"output\":\"sent\"}]"
              .formatted(i);
    }

    assertThat(loops)
        .extracting(Loop::reason)
        .containsExactly(
            "called get_order with the same arguments 5 times in a row and got the same answer each"
                + " time");
  }

  @Test
  void twoConversationsOfARunAreNoCircleTogether() {
    Dialogue one = new Dialogue(dialogue.watch(), "You search.", "Find a.");
    Dialogue other = new Dialogue(dialogue.watch(), "You search.", "Find b.");
    for (int i = 0; i < 4; i++) {
      one.uses("get_order", "{}", "sent").ask();
      other.uses("get_order", "{}", "sent").ask();
    }

    assertThat(one.loops()).isEmpty();
    assertThat(other.loops()).isEmpty();
    assertThat(one.uses("get_order", "{}", "sent").ask()).hasSize(1);
    assertThat(other.uses("get_order", "{}", "sent").ask()).hasSize(1);
    assertThat(one.uses("get_order", "{}", "sent").ask()).isEmpty();
  }

  @Test
  void toolsCalledThroughTheGatewayAreWatchedToo() {
    LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT);
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      loops.addAll(
          watch.observe(
              Step.ToolCalled.of(
                  at(i), "payments/get_order", JSON.readTree("{}"), JSON.readTree("[1]"))));
    }

    assertThat(loops).extracting(Loop::rule).containsExactly(LoopRule.SAME_CALL);
  }

  @Test
  void everyRuleHasAThresholdOfTheVersion() {
    for (LoopRule rule : LoopRule.values()) {
      LoopLimits limits =
          LoopLimits.of(JSON.readTree("{\"loops\": {\"%s\": 77}}".formatted(rule.word())));
      assertThat(limits.at(rule)).isEqualTo(new LoopRule.Limit(77, rule.action()));
      assertThat(limits.limits()).hasSize(LoopRule.values().length);
    }
    assertThat(LoopLimits.of(JSON.readTree("{\"loops\": \"none\"}"))).isEqualTo(LoopLimits.DEFAULT);
    assertThat(new LoopLimits(Map.of())).isEqualTo(LoopLimits.DEFAULT);
  }

  private long count(LoopRule rule) {
    return dialogue.loops().stream().filter(loop -> loop.rule() == rule).count();
  }

  private static Instant at(int second) {
    return Dialogue.START.plusSeconds(second);
  }
}
