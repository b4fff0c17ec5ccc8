// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.incident.Incident;
import dev.steward.insight.cause.DriftStory;
import java.util.Locale;

/// The part of a report that says what may have caused the incident, with the evidence.
final class CausePart {
  private CausePart() {}

  /// @param here source of what the incident itself says
  static void write(Markdown text, IncidentStory story, String here) {
    Incident incident = story.incident();
    text.heading(2, "Cause");
    if (story.cause().isEmpty()) {
      text.point(
          incident.cause().isEmpty()
              ? "No alarm was named, so no cause was looked for."
              : "The alarm " + Markdown.words(incident.cause()) + " is no longer at hand.",
          here);
      return;
    }
    DriftStory drift = story.cause().get();
    String page = DriftAddress.of(drift.alarm().agent(), drift.alarm().environment());
    String alarm = Markdown.link(page, page);
    text.point(
        "Drift was found: " + Markdown.words(drift.alarm().why()) + ".",
        alarm + ", evidence with digest " + drift.alarm().record().hex().substring(0, 12));
    text.point(
        "It probably began %s, between %s and %s."
            .formatted(drift.record().began(), drift.record().earliest(), drift.record().latest()),
        alarm);
    if (drift.causes().isEmpty()) {
      text.point(
          "What caused it cannot be told: nothing that changes an agent happened around that time.",
          alarm);
    }
    drift
        .causes()
        .forEach(cause ->
            text.point(
                "%s: %s. Its time fits by %s: %s."
                    .formatted(
                        cause.moment().at(),
                        Markdown.words(cause.moment().title()),
                        String.format(Locale.ROOT, "%.2f", cause.weight()),
                        Markdown.words(cause.why())),
                Markdown.source(StoryLine.of(cause.moment(), "", ""))));
  }
}
