// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.sequential.SampleRatio;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Watches whether each arm gets the share of the units that was meant for it.
final class AssignmentWatch implements Watch {
  private final Map<Double, long[]> phases = new TreeMap<>();

  @Override
  public String name() {
    return "assignment";
  }

  @Override
  public void add(Unit unit) {
    phases.computeIfAbsent(unit.share(), _ -> new long[2])[unit.arm() == Arm.CONTROL ? 0 : 1]++;
  }

  @Override
  public double logEvidence() {
    double evidence = 0;
    for (Map.Entry<Double, long[]> phase : phases.entrySet()) {
      evidence += ratio(phase).logEvidence();
    }
    return evidence;
  }

  /// The smallest p of a phase by chi-square, for a reader: it holds for one look.
  double p() {
    double least = 1;
    for (Map.Entry<Double, long[]> phase : phases.entrySet()) {
      least = Math.min(least, ratio(phase).p());
    }
    return least;
  }

  private static SampleRatio ratio(Map.Entry<Double, long[]> phase) {
    return new SampleRatio(phase.getValue()[0], phase.getValue()[1], phase.getKey());
  }

  /// The units seen, and beside them how many were meant.
  @Override
  public Numbers numbers() {
    long control = 0;
    long canary = 0;
    double meant = 0;
    for (Map.Entry<Double, long[]> phase : phases.entrySet()) {
      long[] seen = phase.getValue();
      control += seen[0];
      canary += seen[1];
      meant += phase.getKey() * (seen[0] + seen[1]);
    }
    return new Numbers(control, canary, control + canary - meant, meant, Optional.empty());
  }
}
