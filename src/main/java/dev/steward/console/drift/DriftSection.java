// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.incident.AlarmIncident;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import dev.steward.insight.behaviour.Place;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `/drift`, `/drift/{agent}` and `/drift/{agent}/{environment}`. An environment may hold slashes,
/// as a sender chooses its own.
public final class DriftSection implements Section {
  private final ConsoleViews views;
  private final DriftsPages list;
  private final AgentDriftPages one;
  private final DriftDeeds deeds;
  private final AlarmIncident incidents;

  public DriftSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    incidents = new AlarmIncident(views, clock);
    list = new DriftsPages(pages.framer(), views.drift().learning());
    deeds = new DriftDeeds(views.control(), views.drift().learning(), incidents);
    one = new AgentDriftPages(views, pages.framer(), deeds, incidents);
  }

  /// The address of all that is watched of an agent.
  public static String ofAgent(String agent) {
    return "/drift/" + Percent.encoded(agent);
  }

  @Override
  public String segment() {
    return "drift";
  }

  @Override
  public PageResponse get(Visit visit) {
    WatchedPlaces places = places(visit);
    return switch (visit.depth()) {
      case 0 -> visit.html("drifts", list.page(visit.request(), places.all(), ""));
      case 1 -> agent(visit, places, visit.path().getFirst());
      default -> shown(visit, place(visit.path()), 200, "", "").orElseGet(visit::notFound);
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    int last = visit.depth() - 1;
    if (last < 1) {
      return visit.notFound();
    }
    Place place = place(visit.path().subList(0, last));
    if (places(visit).of(place).isEmpty()) {
      return visit.notFound();
    }
    try {
      return visit.path().getLast().equals("incident")
          ? incident(visit, place)
          : deed(visit, place);
    } catch (ApiException e) {
      return shown(visit, place, e.code().httpStatus(), "", String.valueOf(e.getMessage()))
          .orElseGet(visit::notFound);
    }
  }

  private PageResponse incident(Visit visit, Place place) {
    return views.driftStories().of(place).stream()
        .filter(story -> story.alarm().id().equals(visit.field("alarm")))
        .findFirst()
        .<PageResponse>map(story -> new PageResponse.Redirect(incidents.open(visit, story)))
        .orElseGet(visit::notFound);
  }

  private PageResponse deed(Visit visit, Place place) {
    return deeds
        .act(visit, place, visit.path().getLast())
        .flatMap(done -> shown(visit, place, 200, done, ""))
        .orElseGet(visit::notFound);
  }

  /// All that is watched of it; where that is one, it itself.
  private PageResponse agent(Visit visit, WatchedPlaces places, String agent) {
    List<Watched> seen = places.all(agent);
    if (seen.size() == 1 && !seen.getFirst().place().environment().isEmpty()) {
      return new PageResponse.Redirect(seen.getFirst().href());
    }
    if (seen.size() == 1) {
      return shown(visit, seen.getFirst().place(), 200, "", "").orElseGet(visit::notFound);
    }
    boolean known =
        places
            .state()
            .agent(agent)
            .filter(found -> visit.reader().sees(found, found.environments().names()))
            .isPresent();
    return known || !seen.isEmpty()
        ? visit.html("drifts", list.page(visit.request(), seen, agent))
        : visit.notFound();
  }

  private Optional<PageResponse> shown(
      Visit visit, Place place, int status, String done, String wrong) {
    WatchedPlaces places = places(visit);
    return places
        .of(place)
        .map(watched ->
            new PageResponse.Html(
                status,
                visit
                    .pages()
                    .templates()
                    .render("drift", one.page(visit, places, watched, done, wrong))));
  }

  private WatchedPlaces places(Visit visit) {
    return new WatchedPlaces(views.drift(), views.control().state(), visit.reader());
  }

  private static Place place(List<String> path) {
    return new Place(path.getFirst(), String.join("/", path.subList(1, path.size())));
  }
}
