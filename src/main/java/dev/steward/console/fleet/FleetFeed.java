// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells an open fleet page which of its rows have changed; agents that are new are counted, so
/// that no row moves under the reader's hand.
public final class FleetFeed implements LiveFeed {
  private final FleetPages pages;
  private final Templates templates;
  private final Reader viewer;
  private final PageRequest request;
  private final Shown shown;

  public FleetFeed(FleetPages pages, Templates templates, PageRequest request, Reader viewer) {
    this.pages = pages;
    this.templates = templates;
    this.viewer = viewer;
    this.request =
        new PageRequest(
            "GET",
            "/fleet",
            asked(request),
            Map.of(),
            request.reader(),
            request.csrf(),
            request.cookies(),
            false);
    shown = Shown.of(request);
  }

  /// What the page asked for, without what its feed is asked with.
  private static Map<String, String> asked(PageRequest request) {
    Map<String, String> asked = new HashMap<>(request.query());
    asked.remove(Shown.PARAMETER);
    return asked;
  }

  /// What a page with these rows shows.
  static Shown shown(List<AgentRow> rows) {
    Shown shown = Shown.fresh();
    rows.forEach(row -> shown.takes(row.anchor(), row.unseen()));
    return shown;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<Event> poll() {
    List<String> changed = new ArrayList<>();
    int strangers = 0;
    for (AgentRow row : pages.page(request, viewer).rows()) {
      if (!shown.has(row.anchor())) {
        strangers++;
        // the time since it was last seen changes by itself and is kept current by the page's
        // script
      } else if (shown.takes(row.anchor(), row.unseen())) {
        changed.add(templates.render("fleetRow", row));
      }
    }
    shown.looked();
    List<Event> events = new ArrayList<>();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    if (shown.counts(strangers)) {
      events.add(LiveEvents.count(strangers, false));
    }
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }
}
