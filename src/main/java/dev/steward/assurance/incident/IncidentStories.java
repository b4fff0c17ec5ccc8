// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.state.State;
import dev.steward.domain.resource.ToolServer;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.cause.DriftStories;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.timeline.IncidentMoments;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Timeline;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Puts together what happened around incidents, each time from the ledger and the traces.
public final class IncidentStories {
  /// What led to it lies before it.
  private static final Duration BEFORE = Duration.ofDays(1);

  /// About a second of reading.
  private static final long ENTRIES_MAX = 200_000;

  private static final Set<String> TYPES =
      Set.of("IncidentOpened", "IncidentNoted", "IncidentReported", "IncidentChanged");

  private final Supplier<State> state;
  private final Chronicle chronicle;
  private final AgentPast past;
  private final DriftStories drift;
  private final Supplier<TraceQueries> traces;
  private final InstantSource clock;

  public IncidentStories(
      Supplier<State> state,
      Chronicle chronicle,
      AgentPast past,
      DriftStories drift,
      Supplier<TraceQueries> traces,
      InstantSource clock) {
    this.state = state;
    this.chronicle = chronicle;
    this.past = past;
    this.drift = drift;
    this.traces = traces;
    this.clock = clock;
  }

  /// The story as the reader may see it, from a day before the incident began until it was
  /// resolved, and what was noted since.
  public IncidentStory of(Incident incident, Reading reading) {
    State now = state.get();
    // What happens within this very moment belongs to it.
    Instant end = clock.instant().plusMillis(1);
    Instant resolved = incident.resolvedAt();
    Instant from = incident.began().minus(BEFORE);
    Instant to = resolved == null ? end : resolved.plusMillis(1);
    Set<StoryLine> lines = new LinkedHashSet<>();
    boolean whole = own(now, incident, end, lines);
    for (Concern concern : incident.agents()) {
      Timeline timeline = past.of(concern.agent(), from, to);
      whole &= timeline.whole();
      lines.addAll(lines(timeline, concern, incident, reading));
    }
    List<AffectedRun> runs = runs(now, incident, reading);
    runs.forEach(run -> lines.addAll(run.lines()));
    List<StoryLine> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(StoryLine::at).thenComparing(StoryLine::sequence));
    return new IncidentStory(
        incident,
        from,
        to,
        sorted,
        runs,
        incident.runs().size() - runs.size(),
        whole,
        cause(now, incident));
  }

  /// What became of the incident itself, also after it was resolved.
  private boolean own(State now, Incident incident, Instant end, Set<StoryLine> lines) {
    IncidentMoments moments = new IncidentMoments(now);
    Chronicle.Found found = chronicle.between(incident.openedAt(), end, TYPES, ENTRIES_MAX);
    for (Chronicle.Line line : found.lines()) {
      for (Event event : line.entry().events()) {
        String kind =
            event instanceof Event.IncidentNoted ? StoryLine.NOTE : Moment.Kind.INCIDENT.word();
        moments
            .of(line, incident.id(), event)
            .ifPresent(moment -> lines.add(StoryLine.of(moment, kind, "")));
      }
    }
    return found.whole();
  }

  private static List<StoryLine> lines(
      Timeline timeline, Concern concern, Incident incident, Reading reading) {
    String agent = concern.agent();
    Timeline seen =
        reading.seesAll() ? timeline : timeline.seenBy(where -> reading.sees(agent, where));
    List<StoryLine> lines = new ArrayList<>();
    for (Moment moment : seen.moments()) {
      boolean here =
          concern.environment().isEmpty()
              || moment.environment().isEmpty()
              || moment.environment().equals(concern.environment());
      boolean own = moment.page().equals(IncidentAddress.of(incident.id()));
      if (here && !own) {
        lines.add(StoryLine.of(moment, moment.kind().word(), agent));
      }
    }
    return lines;
  }

  private List<AffectedRun> runs(State now, Incident incident, Reading reading) {
    List<AffectedRun> runs = new ArrayList<>();
    for (String id : incident.runs()) {
      Optional<Run> run = traces.get().run(id).filter(reading::sees);
      run.ifPresent(r -> runs.add(AffectedRun.of(r, traces.get(), now.all(ToolServer.class))));
    }
    return runs;
  }

  private Optional<DriftStory> cause(State now, Incident incident) {
    Optional<DriftAlarm> alarm = now.baselines().alarm(incident.cause());
    return alarm.flatMap(known ->
        drift.of(new Place(known.agent(), known.environment())).stream()
            .filter(story -> story.alarm().id().equals(known.id()))
            .findFirst());
  }
}
