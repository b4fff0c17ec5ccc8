// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.assurance.report.ReportDraft;
import dev.steward.assurance.report.Source;
import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.incident.Incident;
import dev.steward.insight.cause.DriftStory;
import java.util.List;
import java.util.Locale;

/// The part of a report that says what may have caused the incident, with the evidence.
final class CausePart {
  private CausePart() {}

  /// @param here source of what the incident itself says
  static void write(ReportDraft text, IncidentStory story, List<Source> here) {
    Incident incident = story.incident();
    text.heading("Cause");
    if (story.cause().isEmpty()) {
      text.say(
          incident.cause().isEmpty()
              ? "No alarm was named, so no cause was looked for."
              : "The alarm " + incident.cause() + " is no longer at hand.",
          here);
      return;
    }
    DriftStory drift = story.cause().get();
    String page = DriftAddress.of(drift.alarm().agent(), drift.alarm().environment());
    Source alarm = Source.page(page);
    text.say(
        "Drift was found: %s (evidence with digest %s)."
            .formatted(drift.alarm().why(), drift.alarm().record().hex().substring(0, 12)),
        alarm);
    text.say(
        "It probably began %s, between %s and %s."
            .formatted(drift.record().began(), drift.record().earliest(), drift.record().latest()),
        alarm);
    if (drift.causes().isEmpty()) {
      text.say(
          "What caused it cannot be told: nothing that changes an agent happened around that time.",
          alarm);
    }
    drift
        .causes()
        .forEach(cause ->
            text.say(
                "%s: %s. Its time fits by %s: %s."
                    .formatted(
                        cause.moment().at(),
                        cause.moment().title(),
                        String.format(Locale.ROOT, "%.2f", cause.weight()),
                        cause.why()),
                StorySources.of(StoryLine.of(cause.moment(), "", ""))));
  }
}
