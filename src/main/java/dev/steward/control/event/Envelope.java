// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.List;

/// One entry of the control ledger: the events of one command, or a part of them where they are too
/// many for an entry.
///
/// @param rest how many further entries of the same command follow
public record Envelope(Instant at, Actor actor, int rest, List<Event> events) {
  public Envelope {
    events = List.copyOf(events);
  }
}
