// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.drift.Baseline;

/// What share of the runs had a trait when the baseline was learnt.
public record TraitBaseline(Trait trait, Wilson share) {

  Baseline baseline() {
    return Baseline.of(share.part(), share.whole());
  }
}
