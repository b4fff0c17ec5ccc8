// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.domain.resource.AlertRule.Measure;
import dev.steward.domain.resource.AlertRule.Side;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.alert.ThresholdReading.Beyond;
import dev.steward.insight.alert.ThresholdReading.NotEnough;
import dev.steward.insight.alert.ThresholdReading.Said;
import dev.steward.insight.alert.ThresholdReading.Within;
import dev.steward.trace.run.AgentActivity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/// Measures of what an agent did. Fewer runs than a rule asks for say nothing, and neither does a
/// cost that is known in part, unless the known part alone is too much.
final class Measured {
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private Measured() {}

  static String words(Measure measure) {
    return switch (measure) {
      case SUCCESS -> "share of successes";
      case ERRORS -> "share of runs with errors";
      case DURATION -> "95th percentile of the duration";
      case COST -> "cost";
      case RUNS -> "number of runs";
    };
  }

  /// How many runs the measure is of.
  static long runs(Measure measure, AgentActivity activity) {
    return switch (measure) {
      case SUCCESS -> activity.withOutcome();
      case DURATION -> activity.runs() - activity.open();
      case ERRORS, COST, RUNS -> activity.runs();
    };
  }

  static Said said(Threshold threshold, long runs, AgentActivity activity) {
    boolean few = runs < threshold.runs();
    return switch (threshold.measure()) {
      case SUCCESS -> few ? few(threshold, runs) : share(threshold, activity.successes(), runs);
      case ERRORS -> few ? few(threshold, runs) : share(threshold, activity.errors(), runs);
      case DURATION -> {
        Duration p95 = activity.p95();
        yield few || p95 == null
            ? few(threshold, runs)
            : against(threshold, BigDecimal.valueOf(p95.toMillis()).divide(MILLIS));
      }
      case COST -> cost(threshold, runs, activity);
      case RUNS -> against(threshold, BigDecimal.valueOf(runs));
    };
  }

  private static Said share(Threshold threshold, long part, long runs) {
    return against(
        threshold,
        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(runs), MathContext.DECIMAL32));
  }

  private static Said cost(Threshold threshold, long runs, AgentActivity activity) {
    BigDecimal known = activity.cost().amount();
    boolean tooMuch = threshold.side() == Side.ABOVE && known.compareTo(threshold.limit()) > 0;
    if (tooMuch && runs >= threshold.runs()) {
      return new Beyond(known);
    }
    if (runs < threshold.runs()) {
      return few(threshold, runs);
    }
    return activity.cost().known()
        ? against(threshold, known)
        : new NotEnough("what some of its calls cost is not known");
  }

  private static Said few(Threshold threshold, long runs) {
    return new NotEnough("%d of at least %d runs".formatted(runs, threshold.runs()));
  }

  private static Said against(Threshold threshold, BigDecimal value) {
    int side = value.compareTo(threshold.limit());
    boolean beyond = threshold.side() == Side.ABOVE ? side > 0 : side < 0;
    return beyond ? new Beyond(value) : new Within(value);
  }
}
