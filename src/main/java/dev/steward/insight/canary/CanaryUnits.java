// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.insight.watch.Unit;
import java.time.Instant;
import java.util.List;

/// What is known of the units of a canary.
public interface CanaryUnits {

  /// In the order in which they were known.
  List<Unit> units(CanaryTrial trial, Instant now);
}
