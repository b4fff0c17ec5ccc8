// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import dev.steward.domain.rollout.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How many of each arm succeeded, phase by phase of the canary's share of the traffic. Not safe
/// for several threads.
public final class PhasedShares {
  private final Map<Double, Shares> phases = new TreeMap<>();
  private Shares all = Shares.NONE;

  /// @param share of the canary in this phase
  public void add(double share, Arm arm, boolean success) {
    phases.put(share, phases.getOrDefault(share, Shares.NONE).plus(arm, success));
    all = all.plus(arm, success);
  }

  /// Of all phases together.
  public Shares all() {
    return all;
  }

  /// By how much more of the canary succeed, each phase compared within itself; empty while no
  /// phase has both arms.
  public Optional<Estimate> difference() {
    List<Estimate> estimates = new ArrayList<>();
    for (Shares phase : phases.values()) {
      phase.difference().ifPresent(estimates::add);
    }
    return Estimate.together(estimates);
  }
}
