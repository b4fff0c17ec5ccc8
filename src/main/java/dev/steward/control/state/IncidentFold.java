// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Aspect;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Incidents;
import dev.steward.control.incident.Severity;
import java.time.Instant;
import java.util.List;

/// What the events of incidents make of them.
final class IncidentFold {
  private IncidentFold() {}

  static Incidents opened(Incidents before, Event.IncidentOpened event, Instant at, Actor actor) {
    return before.opened(
        new Incident(
            event.id(),
            event.title(),
            Severity.of(event.severity()).orElseThrow(),
            IncidentStatus.OPEN,
            "",
            event.agents(),
            event.runs(),
            event.cause(),
            event.began(),
            at,
            actor,
            event.reason(),
            null,
            null,
            List.of()));
  }

  static Incidents changed(Incidents before, Event.IncidentChanged event, Instant at) {
    return before.changed(event.id(), Aspect.of(event.aspect()), event.to(), at);
  }
}
