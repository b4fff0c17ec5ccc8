// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Estimate;
import dev.steward.insight.sequential.Interval;
import dev.steward.insight.sequential.NormalMixture;
import dev.steward.insight.sequential.PhasedShares;
import dev.steward.insight.sequential.SafeTwoByTwo;
import dev.steward.insight.sequential.Shares;
import java.util.Optional;

/// Watches a share of successes, phase by phase of the canary's share of the traffic.
final class SuccessWatch implements Watch {
  private static final int BURN_IN = 20;

  private final CanaryPlan plan;
  private final NormalMixture mixture;
  private final PhasedShares shares = new PhasedShares();
  private final SafeTwoByTwo safe = new SafeTwoByTwo();

  SuccessWatch(CanaryPlan plan) {
    this.plan = plan;
    mixture = new NormalMixture(plan.effect());
  }

  @Override
  public String name() {
    return "success";
  }

  @Override
  public void add(Unit unit) {
    if (unit.success().isPresent()) {
      boolean success = unit.success().get();
      shares.add(unit.share(), unit.arm(), success);
      safe.add(unit.arm(), success);
    }
  }

  /// By how much more of the canary succeed; empty until enough was seen.
  Optional<Estimate> difference() {
    return shares.all().least() < BURN_IN ? Optional.empty() : shares.difference();
  }

  @Override
  public double logEvidence() {
    Optional<Estimate> difference = difference();
    if (difference.isEmpty()) {
      return 0;
    }
    Estimate loss = difference.get().minus(-plan.lossTolerated());
    boolean worse = loss.difference() < 0;
    return switch (plan.test()) {
      case MIXTURE -> Watch.towardsWorse(worse, mixture.logEvidence(loss));
      case SAFE_2X2 -> Watch.towardsWorse(worse, safe.logEvidence());
    };
  }

  Optional<Interval> interval() {
    Optional<Estimate> difference = difference();
    return difference.isEmpty()
        ? Optional.empty()
        : Optional.of(mixture.interval(difference.get(), plan.alpha()).within(-1, 1));
  }

  long leastUnits() {
    return shares.all().least();
  }

  @Override
  public Numbers numbers() {
    Shares all = shares.all();
    return new Numbers(
        all.control(), all.canary(), all.controlShare(), all.canaryShare(), interval());
  }
}
