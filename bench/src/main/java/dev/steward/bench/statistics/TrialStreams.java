// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.canary.Deliberation;
import dev.steward.insight.canary.Verdict;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Whole canaries with success, errors, cost and duration, judged by the usual plan as if somebody
/// looked after every unit.
public final class TrialStreams {
  private static final Instant START = Instant.EPOCH;
  private static final double ERRORS = 0.05;

  private final double share;
  private final double control;
  private final double canary;
  private final double canaryErrors;
  private final double canaryCost;

  /// @param share of the canary
  /// @param control its rate of success
  /// @param canary its rate of success
  /// @param canaryErrors its rate of units with errors, 0.05 in the control
  /// @param canaryCost its cost as a multiple of the control's
  public TrialStreams(
      double share, double control, double canary, double canaryErrors, double canaryCost) {
    this.share = share;
    this.control = control;
    this.canary = canary;
    this.canaryErrors = canaryErrors;
    this.canaryCost = canaryCost;
  }

  /// Shares of the canaries with each verdict.
  public record Verdicts(double promoted, double rolledBack, double held) {}

  public Verdicts run(int trials, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int promoted = 0;
    int rolledBack = 0;
    for (int i = 0; i < trials; i++) {
      List<Unit> all = new ArrayList<>();
      for (int number = 0; number < units; number++) {
        all.add(unit(number, random));
      }
      Instant now = START.plus(Duration.ofDays(1));
      switch (Deliberation.decide(CanaryPlan.USUAL, START, all, now).verdict()) {
        case Verdict.Promote _ -> promoted++;
        case Verdict.RollBack _ -> rolledBack++;
        case Verdict.Hold _, Verdict.Inconclusive _ -> {}
      }
    }
    return new Verdicts(
        (double) promoted / trials,
        (double) rolledBack / trials,
        (double) (trials - promoted - rolledBack) / trials);
  }

  private Unit unit(int number, SplittableRandom random) {
    boolean tried = random.nextDouble() < share;
    boolean success = random.nextDouble() < (tried ? canary : control);
    Set<Unit.Event> events = EnumSet.noneOf(Unit.Event.class);
    if (random.nextDouble() < (tried ? canaryErrors : ERRORS)) {
      events.add(Unit.Event.ERROR);
    }
    return new Unit(
        Integer.toString(number),
        tried ? Arm.CANARY : Arm.CONTROL,
        share,
        START.plusSeconds(number),
        Optional.of(success),
        false,
        events,
        Map.of(
            Measure.COST,
            (tried ? canaryCost : 1) * Math.exp(0.7 * random.nextGaussian()),
            Measure.DURATION,
            Math.exp(0.7 * random.nextGaussian())));
  }
}
