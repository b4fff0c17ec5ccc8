// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import java.util.Optional;

/// `/fleet`: every agent in a line.
public final class FleetSection implements Section {
  private final FleetPages fleet;

  public FleetSection(ConsoleViews views, Pages pages) {
    fleet = new FleetPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "fleet";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("fleet", fleet.page(visit.request(), visit.reader()))
        : visit.notFound();
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(
        new FleetFeed(fleet, visit.pages().templates(), visit.request(), visit.reader()));
  }
}
