// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

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

/// The report of an incident as Markdown, written from its story. Every sentence names its source;
/// what people wrote is told as theirs.
public final class IncidentReport {
  private final IncidentStory story;
  private final Incident incident;
  private final State state;
  private final Reading reading;
  private final Markdown text = new Markdown();
  private final String here;

  private IncidentReport(IncidentStory story, State state, Reading reading) {
    this.story = story;
    this.incident = story.incident();
    this.state = state;
    this.reading = reading;
    this.here = source(incident.openedAt());
  }

  public static String of(IncidentStory story, State state, Reading reading) {
    return new IncidentReport(story, state, reading).written();
  }

  private String written() {
    String title = state.text(incident.title()).orElse("(its title was erased)");
    text.heading(1, "Incident report: " + Markdown.words(title));
    happened();
    began();
    AffectedPart.write(text, story, BlastRadius.of(story, state, reading), here);
    CausePart.write(text, story, here);
    actions();
    measured();
    open();
    notes();
    timeline();
    text.heading(2, "How to check it");
    text.paragraph(
        "The entries named here stand in the control ledger, which `steward verify` checks offline."
            + " This document is not signed; it is written anew from the ledger and the traces"
            + " whenever it is asked for.");
    return text.toString();
  }

  private void happened() {
    text.heading(2, "What happened");
    text.point(
        "It was opened by %s, is %s, and %s now."
            .formatted(
                name(incident.openedBy()), incident.severity().word(), incident.status().word()),
        here);
    text.point(quoted(state.text(incident.reason()).orElse("(erased)")), here);
    text.point(
        incident.commander().isEmpty()
            ? "Nobody leads."
            : state
                    .person(incident.commander())
                    .map(person -> Markdown.words(ActorName.of(person)))
                    .orElse("Somebody erased")
                + " leads.",
        here);
  }

  private void began() {
    text.heading(2, "When it began");
    text.point("It began " + incident.began() + ", as far as is known.", here);
    text.point("It was opened " + incident.openedAt() + ".", here);
    moved(incident.containedAt(), "It was contained ", "It was not told to be contained.");
    moved(incident.resolvedAt(), "It was resolved ", "It is not resolved.");
  }

  private void moved(@Nullable Instant at, String done, String not) {
    text.point(at == null ? not : done + at + ".", at == null ? page() : source(at));
  }

  private void actions() {
    text.heading(2, "Actions");
    List<StoryLine> actions =
        story.lines().stream()
            .filter(line -> line.byPeople() && !line.personsWords())
            .filter(line -> !line.at().isBefore(incident.began()))
            .toList();
    if (actions.isEmpty()) {
      text.point("Nobody did anything that is on record.", page());
    }
    actions.forEach(line -> text.point(told(line), Markdown.source(line)));
  }

  private void measured() {
    text.heading(2, "Measured times");
    text.point("Detection, from began to opened: " + words(incident.detection()) + ".", here);
    text.point(
        "Containment, from opened to contained: "
            + incident.containment().map(IncidentReport::words).orElse("not contained")
            + ".",
        page());
    text.point(
        "Resolution, from opened to resolved: "
            + incident.resolution().map(IncidentReport::words).orElse("not resolved")
            + ".",
        page());
  }

  private void open() {
    text.heading(2, "Still open");
    int open = 0;
    for (AffectedRun affected : story.runs()) {
      for (RunEffect effect : affected.open()) {
        open++;
        text.point(
            "%s: %s."
                .formatted(effect.span().startedAt(), Markdown.words(AffectedRun.words(effect))),
            Markdown.link(affected.page(), affected.page()));
      }
      if (affected.effects().unknown() > 0) {
        text.point(
            "%d calls of tools whose effect nobody declared."
                .formatted(affected.effects().unknown()),
            Markdown.link(affected.page(), affected.page()));
      }
    }
    if (open == 0) {
      text.point(
          story.runs().isEmpty()
              ? "No run that can be shown is named, so no effect was looked for."
              : "Every effect of these runs that is known was compensated.",
          page());
    }
  }

  private void notes() {
    text.heading(2, "Notes");
    List<StoryLine> notes = story.lines().stream().filter(StoryLine::personsWords).toList();
    if (notes.isEmpty()) {
      text.point("Nobody added anything.", page());
    }
    notes.forEach(note ->
        text.point(
            "%s %s wrote: %s"
                .formatted(
                    note.at(),
                    name(note.by()),
                    quoted(note.detail().isEmpty() ? "(erased)" : note.detail())),
            Markdown.source(note)));
  }

  private void timeline() {
    text.heading(2, "Timeline");
    if (!story.whole()) {
      text.point("Older lines are left out: there are too many.", page());
    }
    story.lines().forEach(line -> text.point(told(line), Markdown.source(line)));
  }

  private String told(StoryLine line) {
    boolean words = line.personsWords() || line.kind().equals(Moment.Kind.INCIDENT.word());
    String detail =
        line.detail().isEmpty()
            ? ""
            : words ? quoted(line.detail()) : Markdown.words(line.detail());
    return "%s %s%s: %s%s"
        .formatted(
            line.at(),
            line.sequence() < 0 ? "seen" : name(line.by()),
            line.agent().isEmpty() ? "" : ", " + Markdown.words(line.agent()),
            Markdown.words(line.title()),
            detail.isEmpty() ? "." : ". " + detail);
  }

  private String name(Actor actor) {
    return Markdown.words(ActorName.of(actor, state));
  }

  private static String quoted(String written) {
    return "“" + Markdown.words(written) + "”";
  }

  /// The entry of the incident at a moment.
  private String source(Instant at) {
    return story.lines().stream()
        .filter(line -> line.kind().equals(Moment.Kind.INCIDENT.word()) && line.at().equals(at))
        .findFirst()
        .map(Markdown::source)
        .orElseGet(this::page);
  }

  private String page() {
    String page = IncidentAddress.of(incident.id());
    return Markdown.link(page, page);
  }

  private static String words(Duration time) {
    return "%d h %02d min %02d s"
        .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
