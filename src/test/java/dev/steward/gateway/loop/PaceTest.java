// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();
  private int calls;

  @Test
  void aRunThatSpendsTenTimesTheAverageIsFlagged() {
    normalRuns(20);
    LoopWatch runaway = new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE);
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      loops.addAll(spend(runaway, 1_000_000 + i, "0.40"));
    }

    assertThat(loops).extracting(Loop::rule).containsExactly(LoopRule.SPEND_RATE);
    assertThat(loops.getFirst().stops()).isFalse();
    assertThat(loops.getFirst().reason()).startsWith("spent 0.").contains("within a minute");
  }

  @Test
  void aRunawayDoesNotBecomeTheMeasure() {
    normalRuns(20);
    LoopWatch runaway = new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE);
    for (int i = 0; i < 20; i++) {
      spend(runaway, 1_000_000 + i, "5.00");
    }

    assertThat(spend(new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE), 2_000_000, "5.00"))
        .extracting(Loop::rule)
        .containsExactly(LoopRule.SPEND_RATE);
  }

  @Test
  void runsThatSpendAsEverAreNot() {
    assertThat(normalRuns(200)).isEmpty();
  }

  @Test
  void nothingIsSaidBeforeTheAverageIsLearnt() {
    normalRuns(4);

    assertThat(spend(new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE), 1_000_000, "50"))
        .isEmpty();
  }

  @Test
  void centsAreNotWorthAWord() {
    LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE);
    for (int i = 0; i < 100; i++) {
      spend(watch, i * 120L, "0.0001");
    }

    assertThat(spend(watch, 1_000_000, "0.09")).isEmpty();
  }

  @Test
  void anUnknownCostTeachesNothingAndIsNotZero() {
    normalRuns(20);
    LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE);
    for (int i = 0; i < 500; i++) {
      watch.observe(new Step.Answered(at(500_000 + i), "c", "", "", new Cost.Unknown("no usage")));
    }

    assertThat(spend(watch, 1_000_000, "0.02")).isEmpty();
    assertThat(spend(watch, 1_000_001, "2.00")).hasSize(1);
  }

  @Test
  void whatWasSpentAMinuteAgoDoesNotCount() {
    LastMinute last = new LastMinute(LastMinute.Spent.NOTHING);
    last.add(at(0), BigDecimal.ONE, "USD");

    assertThat(last.add(at(54), BigDecimal.ONE, "USD")).isEqualByComparingTo("2");
    assertThat(last.add(at(62), BigDecimal.ONE, "USD")).isEqualByComparingTo("2");
    assertThat(last.add(at(500), BigDecimal.ONE, "USD")).isEqualByComparingTo("1");
    assertThat(last.add(at(499), BigDecimal.ONE, "USD")).isEqualByComparingTo("2");
  }

  @Test
  void theMinuteGoesOnWhereItWasKept() {
    LastMinute last = new LastMinute(LastMinute.Spent.NOTHING);
    last.add(at(0), new BigDecimal("0.5"), "USD");
    last.add(at(30), new BigDecimal("0.25"), "USD");
    LastMinute again = new LastMinute(last.spent());

    assertThat(again.spent()).isEqualTo(last.spent());
    assertThat(again.add(at(40), BigDecimal.ONE, "USD")).isEqualByComparingTo("1.75");
    assertThat(again.add(at(62), BigDecimal.ONE, "USD")).isEqualByComparingTo("2.25");
    assertThat(new LastMinute(last.spent()).add(at(500), BigDecimal.ONE, "USD"))
        .isEqualByComparingTo("1");
    assertThat(new LastMinute(last.spent()).add(at(40), BigDecimal.ONE, "EUR"))
        .isEqualByComparingTo("1");
  }

  /// Runs of five calls at 2 cents, ten seconds apart.
  private List<Loop> normalRuns(int runs) {
    List<Loop> loops = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT, pace, Progress.NONE);
      for (int call = 0; call < 5; call++) {
        loops.addAll(spend(watch, run * 100L + call * 10L, "0.02"));
      }
    }
    return loops;
  }

  private List<Loop> spend(LoopWatch watch, long second, String amount) {
    String call = "call-" + ++calls;
    Cost cost = new Cost.Known(new BigDecimal(amount), "USD", Cost.Source.PRICED, "");
    return watch.observe(new Step.Answered(at(second), call, "", "", cost));
  }

  private static Instant at(long second) {
    return Dialogue.START.plusSeconds(second);
  }
}
