// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

/// The mixture sequential probability ratio test of a difference against 0, and the confidence
/// sequence that is its inverse. It rests on means being about normal: it needs a burn-in.
///
/// @param tau standard deviation of the differences that are plausible
public record NormalMixture(double tau) {
  public NormalMixture {
    if (!(tau > 0)) {
      throw new IllegalArgumentException("tau is not above 0: " + tau);
    }
  }

  /// Logarithm of the e-value against "there is no difference".
  public double logEvidence(Estimate seen) {
    double variance = seen.variance();
    double wider = variance + tau * tau;
    return 0.5 * Math.log(variance / wider)
        + tau * tau * seen.difference() * seen.difference() / (2 * variance * wider);
  }

  /// Where the difference lies: at every look together the truth is left out with this probability.
  public Interval interval(Estimate seen, double alpha) {
    double half = halfWidth(seen.variance(), alpha);
    return new Interval(seen.difference() - half, seen.difference() + half);
  }

  private double halfWidth(double variance, double alpha) {
    double wider = variance + tau * tau;
    return Math.sqrt(variance * wider / (tau * tau) * Math.log(wider / (variance * alpha * alpha)));
  }
}
