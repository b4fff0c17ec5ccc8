// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.event.Event;
import java.time.Instant;
import java.util.Map;

/// What people are told of drift: each alarm, once.
final class DriftNotices {
  private DriftNotices() {}

  static Notice of(Event.DriftFound event, Instant at) {
    return new Notice(
        "drift.found",
        event.id(),
        at,
        "Drift of " + event.agent() + " in " + event.environment() + ": " + what(event),
        event.why(),
        "/" + DriftAddress.of(event.agent(), event.environment()),
        Map.of(
            "id",
            event.id(),
            "agent",
            event.agent(),
            "environment",
            event.environment(),
            "trait",
            event.trait(),
            "direction",
            event.direction(),
            "began",
            event.began().toString(),
            "runs",
            Integer.toString(event.runs()),
            "why",
            event.why()));
  }

  private static String what(Event.DriftFound event) {
    return event.trait() + " went " + event.direction();
  }
}
