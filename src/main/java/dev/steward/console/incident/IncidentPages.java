// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.assurance.incident.AffectedRun;
import dev.steward.assurance.incident.IncidentStory;
import dev.steward.assurance.incident.StoryLine;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.incident.IncidentPage.Line;
import dev.steward.console.incident.IncidentPage.Ways;
import dev.steward.console.incident.IncidentsPage.Row;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.timeline.ToneMark;
import dev.steward.console.view.IncidentSight;
import dev.steward.console.web.PageRequest;
import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.Severity;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.insight.cause.Cause;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.finding.Words;
import dev.steward.trace.effect.RunEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes the pages of incidents.
record IncidentPages(Framer framer) {
  private static final String ERASED = "words that were erased";

  IncidentsPage list(PageRequest request, IncidentSight sight) {
    Moments moments = framer.moments(request);
    List<Incident> all = new ArrayList<>(sight.all());
    all.sort(Comparator.comparing((Incident each) -> !each.open()));
    long open = all.stream().filter(Incident::open).count();
    return new IncidentsPage(
        framer.single(request, "Incidents", "incidents", List.of(), ""),
        all.isEmpty()
            ? "What went wrong, until it is put right."
            : open == 0 ? "None is open." : Figures.of(open, "is", "are") + " open.",
        all.stream().map(incident -> row(incident, sight.state(), moments)).toList(),
        all.isEmpty()
            ? Empty.of(
                    "There is no incident",
                    "One is opened by whoever sees that something is wrong, for agents, runs or an"
                        + " alarm. What it is about is held past its retention.",
                    new Link("What is wrong now", "/now"))
                .withCopy(
                    "steward incident open \"WHAT\" --severity major --agent NAME --reason WHY")
            : null);
  }

  private static Row row(Incident incident, State state, Moments moments) {
    Instant resolved = incident.resolvedAt();
    Instant until = resolved == null ? moments.now() : resolved;
    return new Row(
        IncidentSection.href(incident.id()),
        title(incident, state),
        mark(incident),
        incident.severity().word(),
        Concern.words(incident.agents()),
        moments.of(incident.began()),
        moments.of(incident.openedAt()),
        Took.about(Duration.between(incident.openedAt(), until)),
        leads(incident, state));
  }

  IncidentPage one(
      PageRequest request,
      IncidentStory story,
      IncidentSight sight,
      List<Deed> deeds,
      List<Ways> ways,
      String done,
      String wrong) {
    Incident incident = story.incident();
    State state = sight.state();
    Moments moments = framer.moments(request);
    String title = title(incident, state);
    return new IncidentPage(
        framer.single(
            request, title, "incidents", List.of(new Crumb("Incidents", "/incidents")), ""),
        title,
        mark(incident),
        incident.severity().word(),
        state.text(incident.reason()).orElse(ERASED),
        done,
        wrong,
        deeds,
        ways,
        facts(incident, state, moments),
        story.cause().map(cause -> causes(cause, moments)).orElse(List.of()),
        open(story, moments),
        story.lines().reversed().stream().map(line -> line(line, state, moments)).toList(),
        cut(story),
        IncidentSection.href(incident.id()) + "/report");
  }

  private static List<Fact> facts(Incident incident, State state, Moments moments) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("About", Concern.words(incident.agents())));
    facts.add(Fact.of("Leads", leads(incident, state)));
    facts.add(
        Fact.of("Began", moments.of(incident.began()).shown())
            .noted(
                "opened "
                    + Took.about(incident.detection())
                    + " later by "
                    + ActorName.of(incident.openedBy(), state)));
    facts.add(
        Fact.of(
            "Contained",
            incident
                .containment()
                .map(took -> Took.about(took) + " after it was opened")
                .orElse("not yet")));
    facts.add(
        Fact.of(
            "Resolved",
            incident
                .resolution()
                .map(took -> Took.about(took) + " after it was opened")
                .orElse("not yet")));
    facts.add(
        Fact.of("Runs", Figures.of(incident.runs().size(), "run", "runs"))
            .noted("held past their retention"));
    facts.add(
        Fact.mono("Id", incident.id())
            .to(PageUrl.of("/ledger").with("thing", incident.id()).toString()));
    return facts;
  }

  /// What the alarm says, and what happened around the time that it began.
  private static List<Line> causes(DriftStory story, Moments moments) {
    List<Line> lines = new ArrayList<>();
    String page = "/" + DriftAddress.of(story.alarm().agent(), story.alarm().environment());
    lines.add(
        new Line(
            moments.of(story.alarm().began()),
            new Mark(Mark.Tone.WARNING, "Drift"),
            "Drift",
            story.record().headline(),
            page,
            story.alarm().why(),
            "",
            false));
    for (Cause cause : story.causes()) {
      lines.add(
          new Line(
              moments.of(cause.moment().at()),
              null,
              cause.moment().kind().plural(),
              cause.moment().title(),
              "/" + cause.moment().page(),
              cause.why(),
              "",
              false));
    }
    return lines;
  }

  private static List<Line> open(IncidentStory story, Moments moments) {
    List<Line> lines = new ArrayList<>();
    for (AffectedRun affected : story.runs()) {
      for (RunEffect effect : affected.open()) {
        lines.add(
            new Line(
                moments.of(effect.span().startedAt()),
                new Mark(Mark.Tone.WARNING, "Not undone"),
                "Effect",
                AffectedRun.words(effect),
                "/" + affected.page(),
                "",
                "",
                false));
      }
    }
    return lines;
  }

  private static Line line(StoryLine line, State state, Moments moments) {
    String kind = Words.begin(line.kind());
    return new Line(
        moments.of(line.at()),
        ToneMark.of(line.tone(), kind),
        kind,
        line.agent().isEmpty() ? line.title() : line.agent() + ": " + line.title(),
        "/" + line.page(),
        line.detail(),
        line.sequence() < 0 ? "seen" : ActorName.of(line.by(), state),
        line.personsWords());
  }

  private static String cut(IncidentStory story) {
    List<String> said = new ArrayList<>();
    if (!story.whole()) {
      said.add("Older lines are left out.");
    }
    if (story.hiddenRuns() > 0) {
      said.add(
          Figures.of(story.hiddenRuns(), "run is", "runs are") + " unknown or not yours to see.");
    }
    return String.join(" ", said);
  }

  private static Mark mark(Incident incident) {
    return switch (incident.status()) {
      case OPEN ->
          new Mark(
              incident.severity() == Severity.CRITICAL ? Mark.Tone.CRITICAL : Mark.Tone.WARNING,
              "Open");
      case CONTAINED -> new Mark(Mark.Tone.WAITING, "Contained");
      case RESOLVED -> new Mark(Mark.Tone.OK, "Resolved");
    };
  }

  private static String title(Incident incident, State state) {
    return state.text(incident.title()).orElse("an incident whose title was erased");
  }

  private static String leads(Incident incident, State state) {
    return incident.commander().isEmpty()
        ? "nobody yet"
        : state.person(incident.commander()).map(ActorName::of).orElse("somebody erased");
  }
}
