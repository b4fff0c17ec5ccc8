// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import java.util.List;
import java.util.Optional;

/// `/fleet`: every agent in a line; `/fleet/register`: a manifest to be applied.
public final class FleetSection implements Section {
  private static final List<String> REGISTER = List.of("register");

  private final FleetPages fleet;
  private final RegisterPages register;

  public FleetSection(ConsoleViews views, Pages pages) {
    fleet = new FleetPages(views, pages.framer());
    register = new RegisterPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "fleet";
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.path().equals(REGISTER)) {
      return visit.html("register", register.page(visit.request(), visit.reader()));
    }
    return visit.depth() == 0
        ? visit.html("fleet", fleet.page(visit.request(), visit.reader()))
        : visit.notFound();
  }

  @Override
  public PageResponse post(Visit visit) {
    if (!visit.path().equals(REGISTER)) {
      return visit.notFound();
    }
    RegisterPages.Outcome outcome = register.posted(visit.request(), visit.reader());
    return outcome
        .applied()
        .<PageResponse>map(name ->
            new PageResponse.Redirect(
                name.isEmpty() ? "/fleet" : AgentSection.href(name) + "?registered=yes"))
        .orElseGet(() -> visit.html("register", outcome.page()));
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(
        new FleetFeed(fleet, visit.pages().templates(), visit.request(), visit.reader()));
  }
}
