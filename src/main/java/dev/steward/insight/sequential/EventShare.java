// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import org.apache.commons.numbers.gamma.LogBeta;

/// The test of how events divide over the arms, given how many there were: it holds however their
/// rate changes with the hours, since both arms see the same hours.
///
/// @param concentration how closely the shares that are plausible lie around the expected one
public record EventShare(double concentration) {
  /// Expects shares within some ten points.
  public static final EventShare USUAL = new EventShare(100);

  public EventShare {
    if (!(concentration > 0)) {
      throw new IllegalArgumentException("concentration is not above 0: " + concentration);
    }
  }

  /// Logarithm of the e-value against "each event is in the canary with probability `share`".
  ///
  /// @param share of the traffic that the canary gets, between 0 and 1
  public double logEvidence(long control, long canary, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share is not between 0 and 1: " + share);
    }
    double a = concentration * share;
    double b = concentration * (1 - share);
    return LogBeta.value(a + canary, b + control)
        - LogBeta.value(a, b)
        - canary * Math.log(share)
        - control * Math.log1p(-share);
  }
}
