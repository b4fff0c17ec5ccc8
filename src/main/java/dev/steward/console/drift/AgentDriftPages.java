// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Times;
import dev.steward.console.drift.AgentDriftPage.BaselinePart;
import dev.steward.console.drift.AgentDriftPage.ClosedRow;
import dev.steward.console.drift.AgentDriftPage.TraitRow;
import dev.steward.console.drift.Watched.Stand;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.incident.AlarmIncident;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Link;
import dev.steward.console.release.ReleasesSection;
import dev.steward.console.view.ConsoleViews;
import dev.steward.control.access.Permission;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.finding.Words;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.LearntBaseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the page of an agent's drift in one environment.
record AgentDriftPages(
    ConsoleViews views, Framer framer, DriftDeeds deeds, AlarmIncident incidents) {

  AgentDriftPage page(
      Visit visit, WatchedPlaces places, Watched watched, String done, String wrong) {
    Place place = watched.place();
    State state = places.state();
    Moments moments = framer.moments(visit.request());
    Learning learning = views.drift().learning();
    List<DriftStory> stories = views.driftStories().of(place);
    List<DriftStory> open = stories.stream().filter(story -> story.alarm().open()).toList();
    boolean operates = places.may(Permission.OPERATE, place);
    List<Deed> offered = operates ? deeds.of(visit, watched, open) : List.of();
    AlarmParts parts = new AlarmParts(framer.traces(visit.reader()), moments);
    Traits traits = traits(watched, learning, moments);
    return new AgentDriftPage(
        framer.single(
            visit.request(),
            watched.where(),
            "drift",
            List.of(
                new Crumb("Drift", "/drift"),
                new Crumb(place.agent(), DriftSection.ofAgent(place.agent()))),
            ""),
        place.agent(),
        watched.where(),
        watched.stand(learning).mark(),
        lede(watched, open, learning),
        done,
        wrong,
        ways(visit, place, open),
        open.isEmpty() ? null : new Link("Roll it back…", ReleasesSection.ofAgent(place.agent())),
        offered,
        open.stream().map(parts::of).toList(),
        watched.stand(learning) == Stand.TOO_LITTLE
            ? missing(watched, state, learning, moments)
            : null,
        watched.frozen().map(frozen -> baseline(frozen, watched.drift(), moments)).orElse(null),
        traits.marks(),
        traits.rows(),
        stories.stream()
            .filter(story -> !story.alarm().open())
            .map(story -> closed(story, state, moments))
            .toList());
  }

  private static String lede(Watched watched, List<DriftStory> open, Learning learning) {
    List<String> said = new ArrayList<>();
    for (DriftStory story : open) {
      said.add(Words.begin(story.record().headline()) + ".");
    }
    if (!said.isEmpty()) {
      return String.join(" ", said);
    }
    return switch (watched.stand(learning)) {
      case DRIFTED, SEEN_TO ->
          "It no longer does what was learnt of it; somebody has seen to each of the alarms.";
      case STEADY ->
          "None of the %s that are watched has left the baseline, in %s since."
              .formatted(
                  Figures.of(
                      watched.drift().map(AgentDrift::readings).map(List::size).orElse(0),
                      "thing",
                      "things"),
                  Figures.of(watched.runs(), "run", "runs"));
      case TOO_LITTLE ->
          "Whether it still does what it did cannot be said yet: "
              + DriftWords.missing(watched, learning)
              + ".";
    };
  }

  private List<Link> ways(Visit visit, Place place, List<DriftStory> open) {
    List<Link> ways = new ArrayList<>();
    for (DriftStory story : open) {
      incidents
          .link(visit, story.alarm())
          .filter(link -> !ways.contains(link))
          .ifPresent(ways::add);
    }
    ways.add(new Link("The agent", AgentSection.href(place.agent())));
    ways.add(new Link("Timeline", AgentSection.href(place.agent()) + "/timeline"));
    ways.add(
        new Link(
            "Its runs",
            PageUrl.of("/runs")
                .with("agent", place.agent())
                .with("environment", place.environment())
                .with("range", "7d")
                .toString()));
    return ways;
  }

  private static Empty missing(Watched watched, State state, Learning learning, Moments moments) {
    if (watched.frozen().isPresent()) {
      return Empty.of(
          "Too few runs since the baseline",
          "Known are "
              + DriftWords.missing(watched, learning)
              + ". Fewer would show chance, not the agent.");
    }
    Place place = watched.place();
    String anew =
        state
            .baselines()
            .relearnFrom(place.agent(), place.environment())
            .map(from ->
                " The last baseline was let go "
                    + moments.of(from).shown()
                    + "; runs count from then on.")
            .orElse("");
    return Empty.of(
        "No baseline yet",
        "Known are %s. What its runs are like is learnt from the first %s of a version, or, where there are at least %s, from those of its first %s.%s"
            .formatted(
                Figures.of(watched.runs(), "run", "runs"),
                Figures.exact(learning.runs()),
                Figures.exact(learning.least()),
                Took.about(learning.time()),
                anew));
  }

  private static BaselinePart baseline(
      FrozenBaseline frozen, Optional<AgentDrift> drift, Moments moments) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of("Learnt from", Figures.of(frozen.runs(), "run", "runs"))
            .noted("of version " + Ids.version(frozen.version())));
    drift.ifPresent(known -> {
      facts.add(
          Fact.of("Since then", Figures.of(known.runs(), "run", "runs"))
              .noted("lately " + DriftWords.perDay(known.perDay()) + " a day"));
      facts.add(
          Fact.of("Watched", Figures.of(known.readings().size(), "thing", "things"))
              .noted("of each run, those below"));
    });
    return new BaselinePart(
        facts,
        moments.of(frozen.from()),
        moments.of(frozen.to()),
        moments.of(frozen.learntAt()),
        drift.map(known -> moments.of(known.at())).orElse(null));
  }

  /// @param marks that all charts have
  private record Traits(List<Chart.MarkLine> marks, List<TraitRow> rows) {}

  private Traits traits(Watched watched, Learning learning, Moments moments) {
    @Nullable LearntBaseline baseline = watched.drift().flatMap(AgentDrift::baseline).orElse(null);
    if (baseline == null) {
      return new Traits(List.of(), List.of());
    }
    Place place = watched.place();
    AgentDrift drift = watched.drift().orElseThrow();
    Times times = TraitRows.axis(baseline, drift.readings(), moments);
    String timeline = AgentSection.href(place.agent()) + "/timeline?range=30d";
    List<Happening> happenings =
        new Surroundings(times, place.environment(), timeline)
            .of(views.past().of(place.agent(), times.from(), times.to()).moments());
    List<TraitRow> rows =
        new TraitRows(place, times, happenings, learning.least(), moments).of(drift.readings());
    return new Traits(rows.isEmpty() ? List.of() : rows.getFirst().chart().marks(), rows);
  }

  private static ClosedRow closed(DriftStory story, State state, Moments moments) {
    DriftAlarm alarm = story.alarm();
    DriftAlarm.Closing closing = alarm.closing();
    if (closing == null) {
      throw new IllegalArgumentException("alarm " + alarm.id() + " is open");
    }
    return new ClosedRow(
        Words.begin(story.record().headline()),
        alarm.why(),
        moments.of(alarm.began()),
        moments.of(closing.at()),
        ActorName.of(closing.by(), state),
        state.text(closing.reason()).orElse("a reason that was erased"));
  }
}
