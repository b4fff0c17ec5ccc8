// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.drift;

/// The evidence that scores have fallen below a baseline since the first of them. The probability
/// that it ever reaches 1 / alpha is at most alpha while they have not. Not safe for several
/// threads.
public final class BettingProcess {
  private static final double MEMORY = 0.02;

  private final Bets bets;
  private double logEvidence;

  /// @param tolerance a drop that does not matter
  public BettingProcess(double baseline, double tolerance) {
    bets = new Bets(baseline - tolerance, baseline, MEMORY);
  }

  public void add(double score) {
    logEvidence += Math.log(bets.factor(score));
  }

  /// Logarithm of the e-value.
  public double logEvidence() {
    return logEvidence;
  }
}
