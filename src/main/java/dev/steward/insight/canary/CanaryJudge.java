// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import java.time.Instant;
import java.time.InstantSource;

/// Judges a canary by what is known of it now. It may be asked as often as one likes: the tests
/// hold under peeking, and nothing is kept between two judgements.
public final class CanaryJudge {
  private final CanaryUnits units;
  private final InstantSource clock;

  public CanaryJudge(CanaryUnits units, InstantSource clock) {
    this.units = units;
    this.clock = clock;
  }

  public CanaryDecision judge(CanaryTrial trial) {
    Instant now = clock.instant();
    return Deliberation.decide(trial.plan(), trial.startedAt(), units.units(trial, now), now);
  }
}
