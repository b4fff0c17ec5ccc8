// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Estimate;
import dev.steward.insight.sequential.NormalMixture;
import dev.steward.insight.sequential.PhasedShares;
import dev.steward.insight.sequential.Shares;
import java.util.Optional;

/// Watches whether success becomes known equally often in both arms: what one arm does not tell may
/// be its failures.
final class ToldWatch implements Watch {
  private static final int BURN_IN = 20;
  private static final NormalMixture MIXTURE = new NormalMixture(0.1);

  private final PhasedShares told = new PhasedShares();

  @Override
  public String name() {
    return "outcomes told";
  }

  @Override
  public void add(Unit unit) {
    if (!unit.awaited()) {
      told.add(unit.share(), unit.arm(), unit.success().isPresent());
    }
  }

  @Override
  public double logEvidence() {
    Optional<Estimate> difference = told.difference();
    return told.all().least() < BURN_IN || difference.isEmpty()
        ? 0
        : MIXTURE.logEvidence(difference.get());
  }

  @Override
  public Numbers numbers() {
    Shares all = told.all();
    return new Numbers(
        all.control(), all.canary(), all.controlShare(), all.canaryShare(), Optional.empty());
  }
}
