// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.incident.Concern;
import java.util.SortedMap;
import java.util.SortedSet;

/// The part of a report that says who and what was affected.
///
/// @param here source of what the incident itself says
record AffectedPart(Markdown text, IncidentStory story, BlastRadius radius, String here) {
  private static final String REGISTRY = Markdown.link("registry", "agents");

  static void write(Markdown text, IncidentStory story, BlastRadius radius, String here) {
    new AffectedPart(text, story, radius, here).write();
  }

  private void write() {
    text.heading(2, "Who and what was affected");
    if (radius.agents().isEmpty()) {
      text.point("No registered agent is named.", here);
    }
    for (BlastRadius.Reached reached : radius.agents()) {
      Concern concern = reached.concern();
      text.point(
          "The agent %s, version %s."
              .formatted(
                  Markdown.words(concern.words()),
                  reached.version().digest().hex().substring(0, 12)),
          Markdown.link("agents/" + concern.agent(), "agents/" + concern.agent()));
    }
    each("The agent %s, %s.", radius.neighbours());
    each("The tool %s, callable by %s.", radius.tools());
    each("The data source %s, reachable by %s.", radius.data());
    if (!radius.labels().isEmpty()) {
      text.point(
          "Data labelled " + Markdown.words(String.join(", ", radius.labels())) + ".", REGISTRY);
    }
    if (!radius.unknown().isEmpty()) {
      text.point(
          "What these reach is not known, since nobody declared them: "
              + Markdown.words(String.join(", ", radius.unknown()))
              + ".",
          REGISTRY);
    }
    each("%s answers for %s.", radius.people());
    runs();
  }

  /// @param words with a place for the name and one for what belongs to it
  private void each(String words, SortedMap<String, SortedSet<String>> all) {
    all.forEach((name, more) ->
        text.point(
            words.formatted(Markdown.words(name), Markdown.words(String.join(", ", more))),
            REGISTRY));
  }

  private void runs() {
    for (AffectedRun affected : story.runs()) {
      text.point(
          "The run %s of %s: %s, %d steps, %d errors, %d calls with effects."
              .formatted(
                  Markdown.words(affected.run().id()),
                  Markdown.words(affected.run().agent()),
                  affected.run().status().word(),
                  affected.run().steps(),
                  affected.run().errors(),
                  affected.effects().effects().size()),
          Markdown.link(affected.page(), affected.page()));
    }
    if (story.hiddenRuns() > 0) {
      text.point(
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
      text.point("These runs cost " + amount + ".", "the runs above");
    }
  }
}
