// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.assurance.report.ReportDraft;
import dev.steward.assurance.report.Source;
import dev.steward.control.incident.Concern;
import dev.steward.domain.Percent;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// The part of a report that says who and what was affected.
///
/// @param here source of what the incident itself says
record AffectedPart(ReportDraft text, IncidentStory story, BlastRadius radius, List<Source> here) {
  private static final Source REGISTRY = new Source("registry", "fleet");

  static void write(ReportDraft text, IncidentStory story, BlastRadius radius, List<Source> here) {
    new AffectedPart(text, story, radius, here).write();
  }

  private void write() {
    text.heading("Who and what was affected");
    if (radius.agents().isEmpty()) {
      text.say("No registered agent is named.", here);
    }
    for (BlastRadius.Reached reached : radius.agents()) {
      Concern concern = reached.concern();
      text.say(
          "The agent %s, version %s."
              .formatted(concern.words(), reached.version().digest().hex().substring(0, 12)),
          Source.page("agents/" + Percent.encoded(concern.agent())));
    }
    each("The agent %s, %s.", radius.neighbours());
    each("The tool %s, callable by %s.", radius.tools());
    each("The data source %s, reachable by %s.", radius.data());
    if (!radius.labels().isEmpty()) {
      text.say("Data labelled " + String.join(", ", radius.labels()) + ".", REGISTRY);
    }
    if (!radius.unknown().isEmpty()) {
      text.say(
          "What these reach is not known, since nobody declared them: "
              + String.join(", ", radius.unknown())
              + ".",
          REGISTRY);
    }
    each("%s answers for %s.", radius.people());
    runs();
  }

  /// @param words with a place for the name and one for what belongs to it
  private void each(String words, SortedMap<String, SortedSet<String>> all) {
    all.forEach((name, more) -> text.say(words.formatted(name, String.join(", ", more)), REGISTRY));
  }

  private void runs() {
    for (AffectedRun affected : story.runs()) {
      text.say(
          "The run %s of %s: %s, %d steps, %d errors, %d calls with effects."
              .formatted(
                  affected.run().id(),
                  affected.run().agent(),
                  affected.run().status().word(),
                  affected.run().steps(),
                  affected.run().errors(),
                  affected.effects().effects().size()),
          Source.page(affected.page()));
    }
    if (story.hiddenRuns() > 0) {
      text.say(
          "%d more runs, which are unknown or not yours to see.".formatted(story.hiddenRuns()),
          here);
    }
    if (!story.runs().isEmpty()) {
      String amount =
          radius.spend().priced() == 0
              ? "an amount that is not known"
              : radius.spend().amount().toPlainString()
                  + " "
                  + radius.spend().currency()
                  + (radius.spend().known() ? "" : " and more that is not known");
      text.say(
          "These runs cost " + amount + ".",
          story.runs().stream().map(run -> Source.page(run.page())).toList());
    }
  }
}
