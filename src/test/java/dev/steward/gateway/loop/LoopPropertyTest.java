// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.LoopRule;
import dev.steward.domain.LoopRule.Action;
import dev.steward.gateway.conversation.Repetition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class LoopPropertyTest {
  @Property(tries = 200)
  void aRunThatNeverRepeatsItselfIsNeverTold(
      @ForAll @Size(min = 1, max = 90) @UniqueElements List<@IntRange(max = 9_999) Integer> deeds,
      @ForAll @IntRange(min = 1, max = 3) int tools) {
    Dialogue dialogue = new Dialogue(LoopLimits.DEFAULT);
    for (int deed : deeds) {
      use(dialogue, tools, deed);
      dialogue.ask();
    }

    assertThat(dialogue.loops()).isEmpty();
  }

  @Property(tries = 200)
  void aCircleThatIsGoneRoundOftenEnoughAlwaysStopsTheRun(
      @ForAll @Size(max = 20) @UniqueElements List<@IntRange(max = 999) Integer> before,
      @ForAll @Size(min = 1, max = Repetition.PERIOD_MAX)
          List<@IntRange(min = 1_000, max = 1_005) Integer> circle,
      @ForAll @IntRange(min = 2, max = 6) int rounds,
      @ForAll @IntRange(min = 1, max = 40) int messagesKept) {
    Dialogue dialogue = new Dialogue(limits(rounds));
    for (int deed : before) {
      use(dialogue, 2, deed);
    }
    for (int round = 0; round < rounds; round++) {
      for (int deed : circle) {
        use(dialogue, 2, deed);
        dialogue.cutTo(Math.max(messagesKept, 6));
      }
    }
    dialogue.ask();

    assertThat(dialogue.watch().stopped()).isPresent();
  }

  @Property(tries = 200)
  void itDoesNotMatterInHowManyRequestsACircleIsTold(
      @ForAll @Size(min = 2, max = Repetition.PERIOD_MAX) @UniqueElements
          List<@IntRange(max = 999) Integer> circle,
      @ForAll @IntRange(min = 3, max = 6) int rounds) {
    Dialogue dialogue = new Dialogue(LoopLimits.DEFAULT);
    for (int round = 0; round < rounds; round++) {
      for (int deed : circle) {
        use(dialogue, 2, deed);
      }
    }
    LoopWatch late = new LoopWatch(LoopLimits.DEFAULT);

    assertThat(late.observe(dialogue.request()))
        .anySatisfy(loop -> {
          assertThat(loop.rule()).isEqualTo(LoopRule.CYCLE);
          assertThat(loop.count()).isEqualTo(rounds);
        });
  }

  /// Only rounds count: a circle of one as well.
  private static LoopLimits limits(int rounds) {
    Map<LoopRule, LoopRule.Limit> limits = new EnumMap<>(LoopRule.class);
    limits.put(LoopRule.SAME_CALL, new LoopRule.Limit(rounds, Action.STOP));
    limits.put(LoopRule.CYCLE, new LoopRule.Limit(rounds, Action.STOP));
    limits.put(LoopRule.NO_NEW_STATE, new LoopRule.Limit(1_000, Action.FLAG));
    return new LoopLimits(limits);
  }

  private static void use(Dialogue dialogue, int tools, int deed) {
    dialogue.uses(
        "tool_" + deed % tools, "{\"deed\": %d}".formatted(deed), "answer to %d".formatted(deed));
  }
}
