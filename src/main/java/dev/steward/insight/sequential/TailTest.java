// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import dev.steward.domain.rollout.Arm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The test of how many units of each arm lie above a quantile, exact whatever the distribution.
/// The bound is the control's quantile among earlier units, moved each time their number has
/// doubled. Not safe for several threads.
public final class TailTest {
  private static final int LEAST = 30;

  private final double quantile;
  private final SafeTwoByTwo above = new SafeTwoByTwo();
  private final List<Double> control = new ArrayList<>();
  private double bound = Double.NaN;
  private int next = LEAST;

  /// @param quantile such as 0.9
  public TailTest(double quantile) {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile is not between 0 and 1: " + quantile);
    }
    this.quantile = quantile;
  }

  public void add(Arm arm, double value) {
    if (!Double.isNaN(bound)) {
      above.add(arm, value > bound);
    }
    if (arm == Arm.CONTROL) {
      control.add(value);
      if (control.size() == next) {
        move();
      }
    }
  }

  /// Logarithm of the e-value against "both arms have the same tail".
  public double logEvidence() {
    return above.logEvidence();
  }

  /// How many units lay above the bound, as successes.
  public Shares above() {
    return above.seen();
  }

  private void move() {
    double[] sorted = new double[control.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = control.get(i);
    }
    Arrays.sort(sorted);
    bound = sorted[(int) (quantile * sorted.length)];
    next *= 2;
  }
}
