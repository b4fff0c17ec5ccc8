// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

import dev.steward.insight.sequential.Interval;
import java.util.Optional;

/// One test that runs along the units.
interface Watch {
  String name();

  void add(Unit unit);

  /// Towards worse; at most 0 when the canary is not worse.
  double logEvidence();

  /// What it has counted, for a reading.
  Numbers numbers();

  /// Both arms beside each other.
  record Numbers(
      long controlUnits,
      long canaryUnits,
      double control,
      double canary,
      Optional<Interval> interval) {}

  /// The evidence when it is about a canary that is worse.
  static double towardsWorse(boolean worse, double logEvidence) {
    return worse ? logEvidence : Math.min(0, logEvidence);
  }
}
