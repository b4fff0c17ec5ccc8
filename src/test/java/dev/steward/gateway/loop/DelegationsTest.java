// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.LoopRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelegationsTest {
  private final LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT);
  private final List<Loop> loops = new ArrayList<>();

  @Test
  void workThatDoublesOnThreeLevelsStopsTheRun() {
    handOn("", 0, 2, 3);

    assertThat(loops).hasSize(1);
    assertThat(loops.getFirst().rule()).isEqualTo(LoopRule.FAN_OUT);
    assertThat(loops.getFirst().stops()).isTrue();
    assertThat(loops.getFirst().reason())
        .isEqualTo("handed work on 14 times, at least twice as often on each level: 1 → 2 → 4 → 8");
  }

  @Test
  void oneWideLevelIsWorkSharedOut() {
    for (int i = 0; i < 300; i++) {
      delegate("", "worker-" + i);
    }

    assertThat(loops).isEmpty();
  }

  @Test
  void twoLevelsAreAPlanAndNoExplosion() {
    handOn("", 0, 6, 2);

    assertThat(loops).isEmpty();
  }

  @Test
  void aLongChainOfHandoversIsNoFanOut() {
    for (int i = 0; i < 100; i++) {
      delegate(i == 0 ? "" : "agent-" + (i - 1), "agent-" + i);
    }

    assertThat(loops).isEmpty();
  }

  @Test
  void subAgentsAreSeenByTheirConversationsAlone() {
    spread(new Dialogue(watch, "You plan.", "Task 0"), 0, "0");

    assertThat(loops).isEmpty();
    assertThat(watch.stopped()).map(Loop::rule).contains(LoopRule.FAN_OUT);
  }

  @Test
  void anAgentThatAsksOthersOneAfterTheOtherIsNoFanOut() {
    Dialogue planner = new Dialogue(watch, "You plan.", "Task 0");
    for (int i = 0; i < 40; i++) {
      String call = planner.begins("delegate", "{\"task\": %d}".formatted(i));
      Dialogue worker = new Dialogue(watch, "You work.", "Task " + i);
      worker.uses("search", "{\"q\": %d}".formatted(i), "found %d".formatted(i)).ask();
      planner.ends(call, "done %d".formatted(i));
    }
    planner.ask();

    assertThat(watch.stopped()).isEmpty();
  }

  @Test
  void workersAtOnceThatUseToolsAreOneLevel() {
    Dialogue planner = new Dialogue(watch, "You plan.", "Task 0");
    planner.usesAtOnce(Collections.nCopies(30, "delegate"), "{}", "done");
    List<Dialogue> workers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Dialogue worker = new Dialogue(watch, "You work.", "Part " + i);
      worker.begins("search", "{\"q\": %d}".formatted(i));
      workers.add(worker);
    }
    planner.ask();

    assertThat(workers).hasSize(30);
    assertThat(watch.stopped()).isEmpty();
  }

  private void spread(Dialogue agent, int level, String name) {
    for (int i = 0; i < 2 && level < 3; i++) {
      String call = agent.begins("delegate", "{\"task\": \"%s%d\"}".formatted(name, i));
      spread(new Dialogue(watch, "You work.", "Task " + name + i), level + 1, name + i);
      agent.ends(call, "done " + name + i);
    }
    agent.ask();
  }

  private void handOn(String from, int level, int width, int depth) {
    for (int i = 0; i < width && level < depth; i++) {
      String to = from + "/" + i;
      delegate(from, to);
      handOn(to, level + 1, width, depth);
    }
  }

  private void delegate(String from, String to) {
    loops.addAll(watch.observe(new Step.Delegated(Dialogue.START, from, to)));
  }
}
