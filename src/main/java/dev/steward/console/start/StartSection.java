// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.start;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `/start`: what to set where an agent runs, and a light that goes on with its first span.
public final class StartSection implements Section {
  private final StartPages start;

  public StartSection(ConsoleViews views, Pages pages) {
    start = new StartPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "start";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("start", start.page(visit.request(), visit.reader()))
        : visit.notFound();
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(new Arrivals(visit));
  }

  /// Tells an open page when a run has come that was not there.
  private final class Arrivals implements LiveFeed {
    private final Visit visit;
    private final Shown shown;

    private Arrivals(Visit visit) {
      this.visit = visit;
      shown = Shown.of(visit.request());
    }

    @Override
    public Duration every() {
      return Duration.ofSeconds(1);
    }

    @Override
    public List<Event> poll() {
      StartPage.Arrival now = start.arrival(visit.reader());
      boolean changed = shown.takes(StartPages.ARRIVAL, now) && shown.known();
      shown.looked();
      if (!changed) {
        return List.of();
      }
      StartPage.Arrival fresh =
          new StartPage.Arrival(now.run(), now.agent(), "It has arrived: a run of ");
      return List.of(
          LiveEvents.replace(List.of(visit.pages().templates().render("arrival", fresh))));
    }

    @Override
    public String shown() {
      return shown.token();
    }
  }
}
