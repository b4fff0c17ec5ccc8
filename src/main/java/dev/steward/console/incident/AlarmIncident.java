// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Link;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.IncidentSight;
import dev.steward.console.view.TimeIds;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.Severity;
import dev.steward.insight.cause.DriftStory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The incident of an alarm of drift: the way to it, or the button that opens it.
public record AlarmIncident(ConsoleViews views, InstantSource clock) {

  /// The newest that is open, where the reader may see it.
  public Optional<Link> link(Visit visit, DriftAlarm alarm) {
    return new IncidentSight(visit.reader(), views.control().state())
        .all().stream()
            .filter(incident -> incident.open() && incident.cause().equals(alarm.id()))
            .map(Incident::id)
            .map(id -> new Link("Its incident", IncidentSection.href(id)))
            .findFirst();
  }

  /// @param action address that it is posted to
  public static Deed deed(Visit visit, DriftStory story, String action) {
    DriftAlarm alarm = story.alarm();
    return new Deed(
        "incident-" + alarm.id(),
        action,
        visit.request().csrf(),
        Map.of("alarm", alarm.id()),
        "Open an incident for the drift of " + alarm.agent() + " about " + story.record().of(),
        "Its page has what may have caused it, the buttons that end its harm, what the runs"
            + " did, and a report. What it is about is held past its retention, and whoever"
            + " listens to incidents is told.",
        "Reason, kept in the ledger",
        false);
  }

  /// Opens it.
  ///
  /// @return where its page is
  public String open(Visit visit, DriftStory story) {
    String id = new TimeIds(views.random(), clock).next();
    DriftAlarm alarm = story.alarm();
    views
        .control()
        .submit(
            new Command.OpenIncident(
                id,
                alarm.agent() + ": " + story.record().headline(),
                Severity.MAJOR,
                List.of(new Concern(alarm.agent(), alarm.environment())),
                story.record().examplesSince(),
                alarm.id(),
                Optional.empty(),
                visit.field("reason")),
            visit.reader().actor());
    return IncidentSection.href(id);
  }
}
