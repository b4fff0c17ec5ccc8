// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// By what a canary is judged: all of it is said before the first unit is seen.
///
/// @param alpha probability of ever finding a difference in success that is not there
/// @param guardrailAlpha the same for all guardrails together
/// @param effect standard deviation of the differences in success that are plausible
/// @param lossAccepted by how much lower success may be for a promotion; what is shown must be less
/// @param lossTolerated by how much lower success may be before it is rolled back
/// @param leastUnits of each arm with a known success, before a promotion
/// @param leastTime before a promotion
/// @param limit after which it is inconclusive
public record CanaryPlan(
    Test test,
    double alpha,
    double guardrailAlpha,
    double effect,
    double lossAccepted,
    double lossTolerated,
    List<Guardrail> guardrails,
    long leastUnits,
    Duration leastTime,
    Duration limit) {

  /// How a loss of success is found.
  public enum Test {
    /// Quicker; rests on means being about normal.
    MIXTURE,
    /// Exact for any number of units.
    SAFE_2X2
  }

  public static final CanaryPlan USUAL =
      new CanaryPlan(
          Test.MIXTURE,
          0.05,
          0.05,
          0.1,
          0.03,
          0,
          List.of(
              new Guardrail.Events(Unit.Event.ERROR),
              new Guardrail.Events(Unit.Event.FAILURE),
              new Guardrail.Growth(Measure.COST, 0.2),
              new Guardrail.Tail(Measure.DURATION, 0.9)),
          100,
          Duration.ofHours(1),
          Duration.ofDays(7));

  public CanaryPlan {
    guardrails = List.copyOf(guardrails);
    within("alpha", alpha);
    within("guardrailAlpha", guardrailAlpha);
    within("effect", effect);
    within("lossAccepted", lossAccepted);
    if (!(lossTolerated >= 0 && lossTolerated < 1)) {
      throw new IllegalArgumentException("lossTolerated is not within 0 and 1: " + lossTolerated);
    }
    if (test == Test.SAFE_2X2 && lossTolerated > 0) {
      throw new IllegalArgumentException("the safe test knows no tolerated loss");
    }
    if (limit.compareTo(leastTime) <= 0) {
      throw new IllegalArgumentException("limit is not longer than leastTime");
    }
    Set<String> names = new HashSet<>();
    for (Guardrail guardrail : guardrails) {
      if (!names.add(guardrail.name())) {
        throw new IllegalArgumentException("two guardrails for " + guardrail.name());
      }
    }
  }

  private static void within(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is not between 0 and 1: " + value);
    }
  }

  /// What each guardrail may err by.
  public double alphaEach() {
    return guardrailAlpha / Math.max(1, guardrails.size());
  }

  public CanaryPlan with(List<Guardrail> others) {
    return new CanaryPlan(
        test,
        alpha,
        guardrailAlpha,
        effect,
        lossAccepted,
        lossTolerated,
        others,
        leastUnits,
        leastTime,
        limit);
  }

  public CanaryPlan with(Test other) {
    return new CanaryPlan(
        other,
        alpha,
        guardrailAlpha,
        effect,
        lossAccepted,
        lossTolerated,
        guardrails,
        leastUnits,
        leastTime,
        limit);
  }
}
