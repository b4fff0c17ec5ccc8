// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Visit;
import dev.steward.console.incident.AlarmIncident;
import dev.steward.console.part.Deed;
import dev.steward.control.Control;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.command.Command;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.trait.Learning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be done about drift: the forms, and what they ask for.
record DriftDeeds(Control control, Learning learning, AlarmIncident incidents) {
  private static final String REASON = "Reason, kept in the ledger";

  /// @param open alarms
  List<Deed> of(Visit visit, Watched watched, List<DriftStory> open) {
    List<Deed> deeds = new ArrayList<>();
    for (DriftStory story : open) {
      if (incidents.link(visit, story.alarm()).isEmpty()) {
        deeds.add(
            AlarmIncident.deed(visit, story, watched.href() + "/incident")
                .shown(
                    open.size() == 1
                        ? "Open an incident"
                        : "Open an incident: " + story.record().of()));
      }
      deeds.add(
          close(visit, watched, story)
              .shown(open.size() == 1 ? "Close the alarm" : "Close: " + story.record().of()));
    }
    watched.frozen().ifPresent(frozen -> deeds.add(relearn(visit, watched, frozen)));
    return deeds;
  }

  private static Deed close(Visit visit, Watched watched, DriftStory story) {
    return new Deed(
        "close-" + story.alarm().id(),
        watched.href() + "/close",
        visit.request().csrf(),
        Map.of("alarm", story.alarm().id()),
        "Close the alarm of " + watched.place().agent() + " about " + story.record().of(),
        "You have seen to it. The baseline stays, and nobody is told again that this goes "
            + story.alarm().direction()
            + ", however far it goes; everything else is still watched.",
        REASON,
        false);
  }

  private Deed relearn(Visit visit, Watched watched, FrozenBaseline frozen) {
    Place place = watched.place();
    int open = watched.open().size();
    return new Deed(
            "relearn",
            watched.href() + "/relearn",
            visit.request().csrf(),
            Map.of(),
            "Take how " + place.agent() + " runs in " + watched.where() + " from now on as right",
            "The baseline of %s is let go%s. Nothing is watched there until another is learnt from the runs that end from now on: %s of one version, or those of its first %s."
                .formatted(
                    Figures.of(frozen.runs(), "run", "runs"),
                    open == 0
                        ? ""
                        : ", and its " + Figures.of(open, "open alarm", "open alarms") + " with it",
                    Figures.exact(learning.runs()),
                    Took.about(learning.time())),
            REASON,
            true)
        .shown("Learn a new baseline");
  }

  /// What was done, empty when the word names no deed or the alarm is of another place.
  Optional<String> act(Visit visit, Place place, String word) {
    String reason = visit.field("reason");
    switch (word) {
      case "close" -> {
        String id = visit.field("alarm");
        Optional<DriftAlarm> alarm =
            control
                .state()
                .baselines()
                .alarm(id)
                .filter(found -> WatchedPlaces.place(found).equals(place));
        if (alarm.isEmpty()) {
          return Optional.empty();
        }
        submit(visit, new Command.CloseDrift(id, reason));
        return Optional.of("The alarm is closed.");
      }
      case "relearn" -> {
        submit(visit, new Command.RelearnBaseline(place.agent(), place.environment(), reason));
        return Optional.of(
            "The baseline was let go. Another is learnt from the runs that end from now on.");
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private void submit(Visit visit, Command command) {
    control.submit(command, visit.reader().actor());
  }
}
