// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.control.Control;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be done about an incident: the forms, and what they ask for.
record IncidentDeeds(Control control) {
  private static final String REASON = "Reason, kept in the ledger";

  List<Deed> of(Visit visit, Incident incident) {
    List<Deed> deeds = new ArrayList<>();
    deeds.add(
        deed(
            visit,
            incident,
            "note",
            "Add a note to the incident",
            "It stands in the ledger under your name, and nobody can change it.",
            "What you want to say",
            false));
    switch (incident.status()) {
      case OPEN ->
          deeds.add(
              deed(
                  visit,
                  incident,
                  "contained",
                  "Say that the incident is contained",
                  "It does no more harm, and is not put right yet. The time since it was opened is"
                      + " measured.",
                  REASON,
                  false));
      case CONTAINED ->
          deeds.add(
              deed(
                  visit,
                  incident,
                  "open",
                  "Say that the incident goes on",
                  "It does harm after all; how long it took to contain it is measured anew.",
                  REASON,
                  false));
      case RESOLVED -> {}
    }
    if (incident.open()) {
      deeds.add(
          deed(
              visit,
              incident,
              "resolved",
              "Say that the incident is resolved",
              "It is over for good, which is not taken back. What is held for it stays held until"
                  + " somebody lifts the hold.",
              REASON,
              true));
    }
    if (visit.reader().seesAll()) {
      deeds.add(
          deed(
              visit,
              incident,
              "bundle",
              "Give out the report with its proofs",
              "A zip with the report, the timeline and the entries of the ledger that they name,"
                  + " which `steward verify --bundle` checks offline on any machine. That you gave"
                  + " it out stands in the ledger.",
              "",
              false));
    }
    return deeds;
  }

  private static Deed deed(
      Visit visit,
      Incident incident,
      String word,
      String words,
      String consequence,
      String asked,
      boolean danger) {
    return new Deed(
            word,
            IncidentSection.href(incident.id()) + "/" + word,
            visit.request().csrf(),
            Map.of(),
            words,
            consequence,
            asked,
            danger)
        .shown(
            switch (word) {
              case "note" -> "Add a note";
              case "contained" -> "It is contained";
              case "open" -> "It goes on";
              case "bundle" -> "Export with proofs";
              default -> "It is resolved";
            });
  }

  /// What was done, empty when the word names no deed.
  Optional<String> act(Visit visit, Incident incident, String word) {
    String reason = visit.field("reason");
    if (word.equals("note")) {
      submit(visit, new Command.NoteIncident(incident.id(), reason));
      return Optional.of("Your note stands in the ledger.");
    }
    Optional<IncidentStatus> status = IncidentStatus.of(word);
    status.ifPresent(to ->
        submit(
            visit,
            new Command.ChangeIncident(
                incident.id(), Optional.empty(), Optional.empty(), Optional.of(to), reason)));
    return status.map(to -> "It is " + to.word() + " now.");
  }

  private void submit(Visit visit, Command command) {
    control.submit(command, visit.reader().actor());
  }
}
