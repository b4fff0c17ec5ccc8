// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The runs of one unit together.
///
/// @param runs the oldest first, at least one
record UnitRuns(List<Run> runs, CanaryTrial.UnitRule rule, Instant now) {

  Unit unit(Arm arm, double share, Set<Unit.Event> events) {
    boolean open = runs.stream().anyMatch(run -> run.status().open());
    Instant heard = lastSeen();
    boolean settled = !open && !heard.plus(rule.settle()).isAfter(now);
    Optional<Boolean> success = open ? Optional.empty() : success();
    if (success.isEmpty() && settled) {
      success = untold();
    }
    return new Unit(
        runs.getFirst().id(),
        arm,
        share,
        heard,
        success,
        success.isEmpty() && !settled,
        events,
        open ? Map.of() : measures());
  }

  /// What the runs themselves tell; more is with the decisions on their calls.
  Set<Unit.Event> events() {
    Set<Unit.Event> events = EnumSet.noneOf(Unit.Event.class);
    for (Run run : runs) {
      if (run.errors() > 0) {
        events.add(Unit.Event.ERROR);
      }
      if (OutcomeWords.failed(run)) {
        events.add(Unit.Event.FAILURE);
      }
    }
    return events;
  }

  /// By the last run that says anything of it.
  private Optional<Boolean> success() {
    for (Run run : runs.reversed()) {
      Optional<Boolean> success = OutcomeWords.success(run);
      if (success.isPresent()) {
        return success;
      }
    }
    return Optional.empty();
  }

  private Optional<Boolean> untold() {
    return switch (rule.untold()) {
      case LEFT_OUT -> Optional.empty();
      case SUCCESS -> Optional.of(true);
      case FAILURE -> Optional.of(false);
    };
  }

  private Instant lastSeen() {
    Instant last = runs.getFirst().lastSeen();
    for (Run run : runs) {
      last = run.lastSeen().isAfter(last) ? run.lastSeen() : last;
    }
    return last;
  }

  private Map<Measure, Double> measures() {
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    RunCost cost = RunCost.NONE;
    double seconds = 0;
    long steps = 0;
    long tokens = 0;
    boolean counted = true;
    for (Run run : runs) {
      cost = cost.plus(run.cost());
      seconds += run.duration().toNanos() / 1e9;
      steps += run.steps();
      Long input = run.inputTokens();
      Long output = run.outputTokens();
      counted &= input != null && output != null;
      tokens += (input == null ? 0 : input) + (output == null ? 0 : output);
    }
    measures.put(Measure.DURATION, seconds);
    measures.put(Measure.STEPS, (double) steps);
    if (counted) {
      measures.put(Measure.TOKENS, (double) tokens);
    }
    if (cost.known() && cost.currency().equals("USD")) {
      measures.put(Measure.COST, cost.amount().doubleValue());
    }
    return measures;
  }
}
