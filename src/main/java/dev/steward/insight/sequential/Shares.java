// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import dev.steward.domain.rollout.Arm;
import java.util.Optional;

/// How many of each arm succeeded.
public record Shares(long control, long controlSuccesses, long canary, long canarySuccesses) {
  public static final Shares NONE = new Shares(0, 0, 0, 0);

  public Shares {
    if (controlSuccesses < 0
        || controlSuccesses > control
        || canarySuccesses < 0
        || canarySuccesses > canary) {
      throw new IllegalArgumentException("more successes than units, or fewer than none");
    }
  }

  public Shares plus(Arm arm, boolean success) {
    int one = success ? 1 : 0;
    return switch (arm) {
      case CONTROL -> new Shares(control + 1, controlSuccesses + one, canary, canarySuccesses);
      case CANARY -> new Shares(control, controlSuccesses, canary + 1, canarySuccesses + one);
    };
  }

  public Shares plus(Shares other) {
    return new Shares(
        control + other.control,
        controlSuccesses + other.controlSuccesses,
        canary + other.canary,
        canarySuccesses + other.canarySuccesses);
  }

  /// Units of the smaller arm.
  public long least() {
    return Math.min(control, canary);
  }

  public double controlShare() {
    return control == 0 ? 0 : (double) controlSuccesses / control;
  }

  public double canaryShare() {
    return canary == 0 ? 0 : (double) canarySuccesses / canary;
  }

  /// By how much more of the canary succeed; empty while an arm is.
  public Optional<Estimate> difference() {
    if (least() == 0) {
      return Optional.empty();
    }
    double variance =
        variance(control, controlSuccesses) / control + variance(canary, canarySuccesses) / canary;
    return Optional.of(
        new Estimate(canaryShare() - controlShare(), variance, Estimate.weight(control, canary)));
  }

  /// With one success and one failure more than seen: a small arm without a failure is not one
  /// without variance.
  private static double variance(long units, long successes) {
    double share = (successes + 1.0) / (units + 2.0);
    return share * (1 - share);
  }
}
