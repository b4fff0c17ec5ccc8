// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.assurance.report.Report;
import dev.steward.assurance.report.ReportDraft;
import dev.steward.assurance.report.Source;
import dev.steward.control.access.Actor;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.insight.timeline.Moment;
import dev.steward.trace.effect.RunEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The report of an incident, written from its story. Every sentence names its source; what people
/// wrote is told as theirs.
public final class IncidentReport {
  private final IncidentStory story;
  private final Incident incident;
  private final State state;
  private final Reading reading;
  private final ReportDraft text;
  private final List<Source> here;

  private IncidentReport(IncidentStory story, State state, Reading reading) {
    this.story = story;
    this.incident = story.incident();
    this.state = state;
    this.reading = reading;
    this.here = source(incident.openedAt());
    this.text =
        new ReportDraft(
            "Incident report: " + state.text(incident.title()).orElse("(its title was erased)"));
  }

  public static Report of(IncidentStory story, State state, Reading reading) {
    return new IncidentReport(story, state, reading).written();
  }

  private Report written() {
    happened();
    began();
    AffectedPart.write(text, story, BlastRadius.of(story, state, reading), here);
    CausePart.write(text, story, here);
    actions();
    measured();
    open();
    notes();
    timeline();
    text.heading("How to check it");
    text.remark(
        "The entries named here stand in the control ledger, which steward verify checks offline."
            + " This document is not signed; it is written anew from the ledger and the traces"
            + " whenever it is asked for.");
    return text.done();
  }

  private void happened() {
    text.heading("What happened");
    text.say(
        "It was opened by %s, is %s, and %s now."
            .formatted(
                name(incident.openedBy()), incident.severity().word(), incident.status().word()),
        here);
    text.say(quoted(state.text(incident.reason()).orElse("(erased)")), here);
    text.say(
        incident.commander().isEmpty()
            ? "Nobody leads."
            : state
                    .person(incident.commander())
                    .map(person -> ActorName.of(person))
                    .orElse("Somebody erased")
                + " leads.",
        here);
  }

  private void began() {
    text.heading("When it began");
    text.say("It began " + incident.began() + ", as far as is known.", here);
    text.say("It was opened " + incident.openedAt() + ".", here);
    moved(incident.containedAt(), "It was contained ", "It was not told to be contained.");
    moved(incident.resolvedAt(), "It was resolved ", "It is not resolved.");
  }

  private void moved(@Nullable Instant at, String done, String not) {
    text.say(at == null ? not : done + at + ".", at == null ? page() : source(at));
  }

  private void actions() {
    text.heading("Actions");
    List<StoryLine> actions =
        story.lines().stream()
            .filter(line -> line.byPeople() && !line.personsWords())
            .filter(line -> !line.at().isBefore(incident.began()))
            .toList();
    if (actions.isEmpty()) {
      text.say("Nobody did anything that is on record.", page());
    }
    actions.forEach(line -> text.say(told(line), StorySources.of(line)));
  }

  private void measured() {
    text.heading("Measured times");
    text.say("Detection, from began to opened: " + words(incident.detection()) + ".", here);
    text.say(
        "Containment, from opened to contained: "
            + incident.containment().map(IncidentReport::words).orElse("not contained")
            + ".",
        page());
    text.say(
        "Resolution, from opened to resolved: "
            + incident.resolution().map(IncidentReport::words).orElse("not resolved")
            + ".",
        page());
  }

  private void open() {
    text.heading("Still open");
    int open = 0;
    for (AffectedRun affected : story.runs()) {
      for (RunEffect effect : affected.open()) {
        open++;
        text.say(
            "%s: %s.".formatted(effect.span().startedAt(), AffectedRun.words(effect)),
            Source.page(affected.page()));
      }
      if (affected.effects().unknown() > 0) {
        text.say(
            "%d calls of tools whose effect nobody declared."
                .formatted(affected.effects().unknown()),
            Source.page(affected.page()));
      }
    }
    if (open == 0) {
      text.say(
          story.runs().isEmpty()
              ? "No run that can be shown is named, so no effect was looked for."
              : "Every effect of these runs that is known was compensated.",
          page());
    }
  }

  private void notes() {
    text.heading("Notes");
    List<StoryLine> notes = story.lines().stream().filter(StoryLine::personsWords).toList();
    if (notes.isEmpty()) {
      text.say("Nobody added anything.", page());
    }
    notes.forEach(note ->
        text.say(
            "%s %s wrote: %s"
                .formatted(
                    note.at(),
                    name(note.by()),
                    quoted(note.detail().isEmpty() ? "(erased)" : note.detail())),
            StorySources.of(note)));
  }

  private void timeline() {
    text.heading("Timeline");
    if (!story.whole()) {
      text.say("Older lines are left out: there are too many.", page());
    }
    story.lines().forEach(line -> text.say(told(line), StorySources.of(line)));
  }

  private String told(StoryLine line) {
    boolean words = line.personsWords() || line.kind().equals(Moment.Kind.INCIDENT.word());
    String detail = line.detail().isEmpty() ? "" : words ? quoted(line.detail()) : line.detail();
    return "%s %s%s: %s%s"
        .formatted(
            line.at(),
            line.sequence() < 0 ? "seen" : name(line.by()),
            line.agent().isEmpty() ? "" : ", " + line.agent(),
            line.title(),
            detail.isEmpty() ? "." : ". " + detail);
  }

  private String name(Actor actor) {
    return ActorName.of(actor, state);
  }

  private static String quoted(String written) {
    return "“" + written + "”";
  }

  /// The entry of the incident at a moment.
  private List<Source> source(Instant at) {
    return story.lines().stream()
        .filter(line -> line.kind().equals(Moment.Kind.INCIDENT.word()) && line.at().equals(at))
        .findFirst()
        .map(StorySources::of)
        .orElseGet(this::page);
  }

  private List<Source> page() {
    return List.of(Source.page(IncidentAddress.of(incident.id())));
  }

  private static String words(Duration time) {
    return "%d h %02d min %02d s"
        .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
