// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Tells an open fleet page which of its rows have changed; agents that are new are counted, so
/// that no row moves under the reader's hand.
public final class FleetFeed implements LiveFeed {
  private final FleetPages pages;
  private final Templates templates;
  private final Reader viewer;
  private final PageRequest request;
  private final Map<String, Object> shown = new HashMap<>();
  private boolean started;
  private int strangers;

  public FleetFeed(FleetPages pages, Templates templates, PageRequest request, Reader viewer) {
    this.pages = pages;
    this.templates = templates;
    this.viewer = viewer;
    this.request =
        new PageRequest(
            "GET",
            "/fleet",
            request.query(),
            Map.of(),
            request.reader(),
            request.csrf(),
            request.cookies(),
            false);
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<Event> poll() {
    FleetPage page = pages.page(request, viewer);
    List<String> changed = new ArrayList<>();
    int before = strangers;
    Stream.concat(page.teams().stream().flatMap(t -> t.rows().stream()), page.strangers().stream())
        .forEach(row -> compare(row, changed));
    started = true;
    List<Event> events = new ArrayList<>();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    if (strangers != before) {
      events.add(LiveEvents.count(strangers, false));
    }
    return events;
  }

  private void compare(AgentRow row, List<String> changed) {
    // the time since it was last seen changes by itself and is kept current by the page's script
    AgentRow still = row.unseen();
    Object last = shown.put(row.anchor(), still);
    if (last == null && started) {
      strangers++;
    } else if (last != null && !last.equals(still)) {
      changed.add(templates.render("fleetRow", row));
    }
  }
}
