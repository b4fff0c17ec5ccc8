// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// As much of a run that has ended as windows are made of.
///
/// @param outcome lower case, null when none was told
/// @param success null where nothing tells it
record RunSign(
    String id,
    String agent,
    String environment,
    String version,
    String task,
    Instant started,
    RunStatus status,
    @Nullable String outcome,
    @Nullable Boolean success,
    int steps,
    RunCost cost,
    RunReading reading) {
  /// A longer outcome is no label.
  private static final int LABEL_MAX = 64;

  /// @param run that is not open
  static RunSign of(Run run, RunReading reading) {
    String outcome = run.outcome();
    return new RunSign(
        run.id(),
        run.agent().intern(),
        run.environment().intern(),
        run.version().intern(),
        run.task().equals(run.id()) ? run.id() : run.task(),
        run.startedAt(),
        run.status(),
        outcome == null || outcome.length() > LABEL_MAX
            ? null
            : outcome.toLowerCase(Locale.ROOT).intern(),
        OutcomeWords.success(run).orElse(null),
        run.steps(),
        run.cost(),
        reading);
  }

  /// What was spent for nothing under one name.
  Spent wasted(Waste why) {
    Waste whole =
        status == RunStatus.ABANDONED
            ? Waste.ABANDONED
            : Boolean.FALSE.equals(success) ? Waste.FAILED : null;
    if (whole != null) {
      return whole == why ? Spent.of(cost) : Spent.NOTHING;
    }
    BigDecimal part = reading.wasted().get(why);
    return part == null ? Spent.NOTHING : Spent.of(new RunCost(part, cost.currency(), 1, 0));
  }
}
