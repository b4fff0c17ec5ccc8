// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.control.alert.Alert;
import dev.steward.control.outbox.Delivery;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import dev.steward.insight.alert.AlertSight;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `/alerts`, `/alerts/{id}`, and what is done there.
public final class AlertSection implements Section {
  private static final int DELIVERIES_MAX = 500;
  private static final String SILENCES = "silences";

  private final ConsoleViews views;
  private final Pages pages;
  private final AlertsPages list;
  private final AlertPages one;
  private final AlertDeeds deeds;
  private final InstantSource clock;

  public AlertSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    this.pages = pages;
    this.list = new AlertsPages(pages.framer());
    this.one = new AlertPages(pages.framer());
    this.deeds = new AlertDeeds(views.control(), views.random());
    this.clock = clock;
  }

  /// The address of an alert.
  public static String href(String id) {
    return "/alerts/" + Percent.encoded(id);
  }

  @Override
  public String segment() {
    return "alerts";
  }

  @Override
  public PageResponse get(Visit visit) {
    return switch (visit.depth()) {
      case 0 -> list(visit, 200, "", "");
      case 1 -> shown(visit, 200, "", "");
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    return visit.path().getFirst().equals(SILENCES) ? lift(visit) : act(visit);
  }

  private PageResponse act(Visit visit) {
    Optional<Alert> alert = sight(visit).find(visit.path().getFirst());
    if (alert.isEmpty()) {
      return visit.notFound();
    }
    try {
      return deeds
          .act(visit, alert.get(), visit.path().getLast(), clock.instant())
          .map(done -> shown(visit, 200, done, ""))
          .orElseGet(visit::notFound);
    } catch (ApiException e) {
      return shown(visit, e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private PageResponse lift(Visit visit) {
    String id = visit.path().getLast();
    if (sight(visit).silence(id).isEmpty()) {
      return visit.notFound();
    }
    try {
      deeds.lift(visit, id);
      return list(visit, 200, "The silence is lifted.", "");
    } catch (ApiException e) {
      return list(visit, e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private PageResponse list(Visit visit, int status, String done, String wrong) {
    AlertSight sight = sight(visit);
    return html(status, "alerts", list.page(visit, sight, views.thresholds().read(), done, wrong));
  }

  private PageResponse shown(Visit visit, int status, String done, String wrong) {
    AlertSight sight = sight(visit);
    Optional<Alert> found = sight.find(visit.path().getFirst());
    if (found.isEmpty()) {
      return visit.notFound();
    }
    Alert alert = found.get();
    return html(
        status,
        "alert",
        one.one(
            visit,
            alert,
            sight.state(),
            views.findings().look().findings(),
            deliveries(alert),
            sight.operates(alert) ? deeds.of(visit, alert) : List.of(),
            done,
            wrong));
  }

  private List<Delivery> deliveries(Alert alert) {
    return views.live().courier().about(alert.id(), DELIVERIES_MAX);
  }

  private PageResponse html(int status, String template, Object page) {
    return new PageResponse.Html(status, pages.templates().render(template, page));
  }

  private AlertSight sight(Visit visit) {
    return new AlertSight(visit.reader().rights()::may, views.control().state());
  }
}
