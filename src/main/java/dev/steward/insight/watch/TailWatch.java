// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Shares;
import dev.steward.insight.sequential.TailTest;
import java.util.Optional;

/// Watches how many units lie above a quantile of the control.
final class TailWatch implements Watch {
  private final Guardrail.Tail guardrail;
  private final TailTest test;

  TailWatch(Guardrail.Tail guardrail) {
    this.guardrail = guardrail;
    test = new TailTest(guardrail.quantile());
  }

  @Override
  public String name() {
    return guardrail.name();
  }

  @Override
  public void add(Unit unit) {
    Double value = unit.measures().get(guardrail.measure());
    if (value != null) {
      test.add(unit.arm(), value);
    }
  }

  @Override
  public double logEvidence() {
    Shares above = test.above();
    return Watch.towardsWorse(above.canaryShare() > above.controlShare(), test.logEvidence());
  }

  @Override
  public Numbers numbers() {
    Shares above = test.above();
    return new Numbers(
        above.control(),
        above.canary(),
        above.controlShare(),
        above.canaryShare(),
        Optional.empty());
  }
}
