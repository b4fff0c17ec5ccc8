// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Estimate;
import dev.steward.insight.sequential.NormalMixture;
import dev.steward.insight.sequential.Shares;
import java.util.Optional;

/// Watches whether success becomes known equally often in both arms: what one arm does not tell may
/// be its failures.
final class ToldWatch implements Watch {
  private static final int BURN_IN = 20;
  private static final NormalMixture MIXTURE = new NormalMixture(0.1);

  private Shares told = Shares.NONE;

  @Override
  public String name() {
    return "outcomes told";
  }

  @Override
  public void add(Unit unit) {
    if (!unit.awaited()) {
      told = told.plus(unit.arm(), unit.success().isPresent());
    }
  }

  @Override
  public double logEvidence() {
    Optional<Estimate> difference = told.difference();
    return told.least() < BURN_IN || difference.isEmpty()
        ? 0
        : MIXTURE.logEvidence(difference.get());
  }

  @Override
  public Numbers numbers() {
    return new Numbers(
        told.control(), told.canary(), told.controlShare(), told.canaryShare(), Optional.empty());
  }
}
