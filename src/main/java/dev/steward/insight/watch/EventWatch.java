// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.sequential.EventShare;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Watches how units with an event divide over the arms.
final class EventWatch implements Watch {
  private final Unit.Event event;
  private final Map<Double, long[]> phases = new TreeMap<>();
  private final long[] units = new long[2];

  EventWatch(Unit.Event event) {
    this.event = event;
  }

  @Override
  public String name() {
    return new Guardrail.Events(event).name();
  }

  @Override
  public void add(Unit unit) {
    int arm = unit.arm() == Arm.CONTROL ? 0 : 1;
    units[arm]++;
    if (unit.events().contains(event)) {
      phases.computeIfAbsent(unit.share(), _ -> new long[2])[arm]++;
    }
  }

  @Override
  public double logEvidence() {
    double evidence = 0;
    double surplus = 0;
    for (Map.Entry<Double, long[]> phase : phases.entrySet()) {
      long[] seen = phase.getValue();
      double share = phase.getKey();
      evidence += EventShare.USUAL.logEvidence(seen[0], seen[1], share);
      surplus += seen[1] - share * (seen[0] + seen[1]);
    }
    return Watch.towardsWorse(surplus > 0, evidence);
  }

  @Override
  public Numbers numbers() {
    long control = 0;
    long canary = 0;
    for (long[] phase : phases.values()) {
      control += phase[0];
      canary += phase[1];
    }
    return new Numbers(units[0], units[1], control, canary, Optional.empty());
  }
}
