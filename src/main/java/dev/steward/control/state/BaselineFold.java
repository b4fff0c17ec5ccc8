// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.baseline.Baselines;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.event.Event;
import java.time.Instant;

/// What the events of baselines and drift make of them.
final class BaselineFold {
  private BaselineFold() {}

  static Baselines learnt(Baselines before, Event.BaselineLearnt event, Instant at) {
    return before.learnt(
        new FrozenBaseline(
            event.agent(),
            event.environment(),
            event.version(),
            event.runs(),
            event.from(),
            event.to(),
            at,
            event.record()));
  }

  static Baselines found(Baselines before, Event.DriftFound event, Instant at) {
    return before.found(
        new DriftAlarm(
            event.id(),
            event.agent(),
            event.environment(),
            event.trait(),
            event.direction(),
            at,
            event.began(),
            event.runs(),
            event.why(),
            event.record(),
            null));
  }
}
