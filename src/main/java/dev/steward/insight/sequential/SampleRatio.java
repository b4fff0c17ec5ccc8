// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import org.apache.commons.statistics.inference.ChiSquareTest;

/// How many units each arm got, held against how many it should have got. Where that differs the
/// assignment is broken, or units of one arm get lost, and no comparison means anything.
///
/// @param control units of it
/// @param canary units of it
/// @param share of the canary that was meant
public record SampleRatio(long control, long canary, double share) {

  /// Of one look alone, by chi-square; 1 for nothing seen.
  public double p() {
    long all = control + canary;
    if (all == 0) {
      return 1;
    }
    return ChiSquareTest.withDefaults()
        .test(new double[] {all * (1 - share), all * share}, new long[] {control, canary})
        .getPValue();
  }

  /// Logarithm of the e-value against "as meant", for any number of looks.
  public double logEvidence() {
    return EventShare.USUAL.logEvidence(control, canary, share);
  }
}
