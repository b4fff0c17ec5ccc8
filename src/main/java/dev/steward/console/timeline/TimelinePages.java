// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import dev.steward.console.chart.Times;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.timeline.TimelinePage.Row;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.state.ActorName;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes the page of what happened to an agent.
public final class TimelinePages {
  private static final String USUAL = "30d";
  private static final Duration WIDTH_MIN = Duration.ofHours(1);

  private final Framer framer;
  private final AgentPast past;

  public TimelinePages(Framer framer, AgentPast past) {
    this.framer = framer;
    this.past = past;
  }

  /// The request, about the last 30 days where it says nothing of time: less happens to an agent
  /// than it does.
  public static PageRequest usual(PageRequest request) {
    if (request.parameter("range") != null) {
      return request;
    }
    Map<String, String> query = new HashMap<>(request.query());
    query.put("range", USUAL);
    return request.withQuery(query);
  }

  /// @param back address of the agent's page
  public TimelinePage page(PageRequest request, Reader reader, AgentFacts facts, String back) {
    Moments moments = framer.moments(request);
    TimeRange range = facts.range();
    Timeline timeline = past.of(facts.name(), range.from(), range.to());
    if (!reader.seesAll()) {
      timeline =
          timeline.seenBy(where -> reader.rights().may(Permission.READ, facts.target(where)));
    }
    String environment = facts.environment();
    List<Moment> newestFirst = new ArrayList<>();
    for (Moment moment : timeline.moments().reversed()) {
      if (environment == null
          || moment.environment().isEmpty()
          || moment.environment().equals(environment)) {
        newestFirst.add(moment);
      }
    }
    Times times = times(range, newestFirst, moments);
    List<Lane> lanes = new Lanes(newestFirst, times).all();
    String count = Figures.of(newestFirst.size(), "thing", "things") + " happened " + range.words();
    return new TimelinePage(
        framer.ranged(
            request,
            "Timeline",
            "fleet",
            List.of(new Crumb("Fleet", "/fleet"), new Crumb(facts.name(), back)),
            ""),
        facts.name(),
        back,
        newestFirst.isEmpty() ? "Nothing happened to it " + range.words() + "." : count + ".",
        words(facts.name(), lanes),
        lanes.size() * Lanes.HEIGHT,
        lanes,
        times.ticks(),
        rows(newestFirst, facts, moments),
        timeline.whole() ? "" : "Only the newest are shown; choose a shorter time for older ones.");
  }

  private static Times times(TimeRange range, List<Moment> newestFirst, Moments moments) {
    Instant to = range.to().isBefore(moments.now()) ? range.to() : moments.now();
    Instant from = range.from();
    if (!range.bounded()) {
      from = newestFirst.isEmpty() ? to.minus(WIDTH_MIN) : newestFirst.getLast().at();
    }
    Instant widest = to.minus(WIDTH_MIN);
    return new Times(from.isBefore(widest) ? from : widest, to, moments.zone());
  }

  private static String words(String name, List<Lane> lanes) {
    List<String> parts = new ArrayList<>();
    for (Lane lane : lanes) {
      parts.add(lane.name().toLowerCase(Locale.ROOT));
    }
    return "What happened to " + name + ", on one axis: " + String.join(", ", parts);
  }

  private static List<Row> rows(List<Moment> newestFirst, AgentFacts facts, Moments moments) {
    List<Row> rows = new ArrayList<>();
    for (Moment moment : newestFirst) {
      rows.add(
          new Row(
              Lanes.id(rows.size()),
              moments.of(moment.at()),
              moment.kind().plural(),
              ToneMark.of(moment.tone(), moment.kind().plural()),
              moment.title(),
              "/" + moment.page(),
              moment.detail(),
              moment.environment(),
              ActorName.of(moment.by(), facts.state())));
    }
    return rows;
  }
}
