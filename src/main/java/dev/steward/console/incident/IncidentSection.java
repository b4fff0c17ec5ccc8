// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.assurance.incident.IncidentReport;
import dev.steward.assurance.incident.IncidentStory;
import dev.steward.assurance.report.Form;
import dev.steward.assurance.report.Report;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.IncidentSight;
import dev.steward.console.web.PageResponse;
import dev.steward.control.incident.Incident;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `/incidents`, `/incidents/{id}` and `/incidents/{id}/report`, as `report.html` too.
public final class IncidentSection implements Section {
  private final ConsoleViews views;
  private final IncidentPages pages;
  private final IncidentDeeds deeds;
  private final Containment containment;

  public IncidentSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    this.pages = new IncidentPages(pages.framer());
    this.deeds = new IncidentDeeds(views.control());
    this.containment = new Containment(views, clock);
  }

  /// The address of an incident.
  public static String href(String id) {
    return "/incidents/" + Percent.encoded(id);
  }

  @Override
  public String segment() {
    return "incidents";
  }

  @Override
  public PageResponse get(Visit visit) {
    IncidentSight sight = sight(visit);
    return switch (visit.depth()) {
      case 0 -> visit.html("incidents", pages.list(visit.request(), sight));
      case 1 -> shown(visit, 200, "", "");
      case 2 ->
          switch (visit.path().getLast()) {
            case "report" -> report(visit, sight, Form.MARKDOWN);
            case "report.html" -> report(visit, sight, Form.HTML);
            default -> visit.notFound();
          };
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    Optional<Incident> incident =
        visit.depth() == 2 ? sight(visit).find(visit.path().getFirst()) : Optional.empty();
    if (incident.isEmpty()) {
      return visit.notFound();
    }
    try {
      if (visit.path().getLast().equals("bundle")) {
        return bundle(visit, incident.get());
      }
      return act(visit, incident.get(), visit.path().getLast())
          .map(done -> shown(visit, 200, done, ""))
          .orElseGet(visit::notFound);
    } catch (ApiException e) {
      return shown(visit, e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> act(Visit visit, Incident incident, String word) {
    return deeds.act(visit, incident, word).or(() -> containment.act(visit, incident, word));
  }

  private PageResponse shown(Visit visit, int status, String done, String wrong) {
    IncidentSight sight = sight(visit);
    Optional<Incident> found = sight.find(visit.path().getFirst());
    if (found.isEmpty()) {
      return visit.notFound();
    }
    IncidentStory story = views.incidents().stories().of(found.get(), sight);
    return new PageResponse.Html(
        status,
        visit
            .pages()
            .templates()
            .render(
                "incident",
                pages.one(
                    visit.request(),
                    story,
                    sight,
                    sight.operates(found.get()) ? deeds.of(visit, found.get()) : List.of(),
                    containment.of(visit, story),
                    done,
                    wrong)));
  }

  private static PageResponse data(Incident incident, Report report, Form form) {
    return new PageResponse.Data(
        form.contentType(), "incident-" + incident.id() + "." + form.ending(), form.of(report));
  }

  private PageResponse report(Visit visit, IncidentSight sight, Form form) {
    return sight
        .find(visit.path().getFirst())
        .map(incident ->
            data(
                incident,
                IncidentReport.of(
                    views.incidents().stories().of(incident, sight), sight.state(), sight),
                form))
        .orElseGet(visit::notFound);
  }

  private PageResponse bundle(Visit visit, Incident incident) {
    if (!visit.reader().seesAll() || !sight(visit).operates(incident)) {
      return visit.forbidden("give out entries of the ledger");
    }
    return new PageResponse.Data(
        "application/zip",
        "incident-" + incident.id() + ".zip",
        views.incidents().of(incident, sight(visit), visit.reader().actor()).zip());
  }

  private IncidentSight sight(Visit visit) {
    return new IncidentSight(visit.reader(), views.control().state());
  }
}
