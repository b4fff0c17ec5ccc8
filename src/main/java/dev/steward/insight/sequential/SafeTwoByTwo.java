// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import dev.steward.domain.rollout.Arm;

/// The safe test of two shares being equal: exact for any number of units and any share. It bets
/// block by block on what the blocks before have shown; a block is full as soon as it has units of
/// both arms, so its size depends on the assignment and never on an outcome. Not safe for several
/// threads.
public final class SafeTwoByTwo {
  private static final double PRIOR = 0.18;

  private Shares before = Shares.NONE;
  private Shares block = Shares.NONE;
  private double logEvidence;

  public void add(Arm arm, boolean success) {
    block = block.plus(arm, success);
    if (block.least() > 0) {
      logEvidence += logFactor();
      before = before.plus(block);
      block = Shares.NONE;
    }
  }

  /// Logarithm of the e-value against "the shares are equal".
  public double logEvidence() {
    return logEvidence;
  }

  /// All units added, also those that wait for the other arm.
  public Shares seen() {
    return before.plus(block);
  }

  private double logFactor() {
    double control = expected(before.controlSuccesses(), before.control());
    double canary = expected(before.canarySuccesses(), before.canary());
    double both =
        (block.control() * control + block.canary() * canary) / (block.control() + block.canary());
    return logLikelihood(control, block.controlSuccesses(), block.control())
        + logLikelihood(canary, block.canarySuccesses(), block.canary())
        - logLikelihood(
            both,
            block.controlSuccesses() + block.canarySuccesses(),
            block.control() + block.canary());
  }

  private static double expected(long successes, long units) {
    return (successes + PRIOR) / (units + 2 * PRIOR);
  }

  private static double logLikelihood(double share, long successes, long units) {
    return successes * Math.log(share) + (units - successes) * Math.log1p(-share);
  }
}
