// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CostPerSuccessTest {
  @Test
  void whatFailedIsPaidByWhatSucceeded() {
    List<TaskSum> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tasks.add(task("1.00", i % 4 != 0));
    }
    CostPerSuccess.Known known = (CostPerSuccess.Known) CostPerSuccess.of(tasks);
    assertThat(known.amount()).isCloseTo(200.0 / 150, within(1e-9));
    assertThat(known.tasks()).isEqualTo(200);
    assertThat(known.successes()).isEqualTo(150);
    // All cost the same, so that only the rate of success is uncertain: (1 - R) / (n R).
    double half = 1.959964 * Math.sqrt(0.25 / (200 * 0.75));
    assertThat(known.low()).isCloseTo(known.amount() * Math.exp(-half), within(1e-9));
    assertThat(known.high()).isCloseTo(known.amount() * Math.exp(half), within(1e-9));
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    assertThat(held(400)).isBetween(0.92, 0.98);
    assertThat(held(60)).isBetween(0.90, 0.99);
  }

  /// Tasks cost 1 to 3, those that fail half as much again, and two in three succeed.
  private static double held(int tasks) {
    SplittableRandom random = new SplittableRandom(11);
    double truth = (2.0 * 2 / 3 + 3.0 / 3) / (2.0 / 3);
    int held = 0;
    for (int i = 0; i < 400; i++) {
      List<TaskSum> drawn = new ArrayList<>();
      for (int j = 0; j < tasks; j++) {
        boolean success = random.nextDouble() < 2.0 / 3;
        double cost = (1 + 2 * random.nextDouble()) * (success ? 1 : 1.5);
        drawn.add(task(Double.toString(cost), success));
      }
      CostPerSuccess.Known known = (CostPerSuccess.Known) CostPerSuccess.of(drawn);
      held += known.low() <= truth && truth <= known.high() ? 1 : 0;
    }
    return held / 400.0;
  }

  @Test
  void fewTasksHaveAnOpenEndWhereAllOfThemMightHaveFailed() {
    CostPerSuccess.Known known =
        (CostPerSuccess.Known)
            CostPerSuccess.of(List.of(task("1", true), task("2", false), task("3", false)));
    assertThat(known.amount()).isEqualTo(6);
    assertThat(known.high()).isInfinite();
  }

  @Test
  void whatIsNotKnownIsSaidAndNeverZero() {
    RunCost unknown = new RunCost(BigDecimal.ONE, "USD", 1, 2);
    assertThat(CostPerSuccess.of(List.of()))
        .isEqualTo(new CostPerSuccess.Unknown("of no task is it known whether it succeeded"));
    assertThat(CostPerSuccess.of(List.of(task("1", false))))
        .isEqualTo(new CostPerSuccess.Unknown("no task succeeded"));
    assertThat(CostPerSuccess.of(List.of(new TaskSum(Spent.of(unknown), true, true))))
        .isEqualTo(new CostPerSuccess.Unknown("the cost of 2 calls is not known"));
    assertThat(CostPerSuccess.of(List.of(new TaskSum(Spent.NOTHING, true, true))))
        .isEqualTo(new CostPerSuccess.Unknown("nothing has a known cost"));
  }

  @Test
  void aTaskOfWhichNobodyToldCountsInNeither() {
    TaskSum untold = new TaskSum(Spent.of(usd("50")), false, false);
    CostPerSuccess.Known known =
        (CostPerSuccess.Known) CostPerSuccess.of(List.of(task("2", true), untold));
    assertThat(known.amount()).isEqualTo(2);
    assertThat(known.tasks()).isEqualTo(1);
  }

  private static TaskSum task(String cost, boolean success) {
    return new TaskSum(Spent.of(usd(cost)), true, success);
  }

  private static RunCost usd(String amount) {
    return new RunCost(new BigDecimal(amount), "USD", 1, 0);
  }
}
