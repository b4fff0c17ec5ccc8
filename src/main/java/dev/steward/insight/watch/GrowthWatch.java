// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Estimate;
import dev.steward.insight.sequential.Interval;
import dev.steward.insight.sequential.MeanRatio;
import dev.steward.insight.sequential.NormalMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Watches the ratio of two means against the growth that is tolerated.
final class GrowthWatch implements Watch {
  private static final int BURN_IN = 50;

  /// Ratios between two thirds and one and a half are plausible.
  private static final NormalMixture MIXTURE = new NormalMixture(0.2);

  private final Guardrail.Growth guardrail;
  private final double alpha;
  private final Map<Double, MeanRatio> phases = new TreeMap<>();
  private final MeanRatio all = new MeanRatio();

  GrowthWatch(Guardrail.Growth guardrail, double alpha) {
    this.guardrail = guardrail;
    this.alpha = alpha;
  }

  @Override
  public String name() {
    return guardrail.name();
  }

  @Override
  public void add(Unit unit) {
    Double value = unit.measures().get(guardrail.measure());
    if (value != null) {
      phases.computeIfAbsent(unit.share(), _ -> new MeanRatio()).add(unit.arm(), value);
      all.add(unit.arm(), value);
    }
  }

  private Optional<Estimate> logRatio() {
    if (all.least() < BURN_IN) {
      return Optional.empty();
    }
    List<Estimate> estimates = new ArrayList<>();
    for (MeanRatio phase : phases.values()) {
      phase.logRatio().ifPresent(estimates::add);
    }
    return Estimate.together(estimates);
  }

  @Override
  public double logEvidence() {
    Optional<Estimate> ratio = logRatio();
    if (ratio.isEmpty()) {
      return 0;
    }
    Estimate beyond = ratio.get().minus(Math.log1p(guardrail.most()));
    return Watch.towardsWorse(beyond.difference() > 0, MIXTURE.logEvidence(beyond));
  }

  /// Of the ratio, 1 for no change.
  Optional<Interval> interval() {
    Optional<Estimate> ratio = logRatio();
    return ratio.isEmpty()
        ? Optional.empty()
        : Optional.of(MIXTURE.interval(ratio.get(), alpha).exponential());
  }

  /// Whether it grows by less than the most, by all that is known.
  boolean shown() {
    Optional<Interval> interval = interval();
    return interval.isPresent() && interval.get().upper() < 1 + guardrail.most();
  }

  @Override
  public Numbers numbers() {
    return new Numbers(
        all.controlUnits(), all.canaryUnits(), all.controlMean(), all.canaryMean(), interval());
  }
}
