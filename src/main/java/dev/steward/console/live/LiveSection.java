// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.stop.KillDeeds;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;
import java.util.Optional;

/// `/live`: what is in flight at this moment, and the buttons that stop it.
public final class LiveSection implements Section {
  private final LivePages pages;
  private final KillDeeds deeds;

  public LiveSection(ConsoleViews views, Pages pages) {
    this.pages = new LivePages(views, pages.framer());
    this.deeds = new KillDeeds(views);
  }

  @Override
  public String segment() {
    return "live";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("live", pages.page(visit.request(), visit.reader(), "", ""))
        : visit.notFound();
  }

  @Override
  public PageResponse post(Visit visit) {
    try {
      return deeds
          .act(visit)
          .map(done -> visit.html("live", pages.page(visit.request(), visit.reader(), done, "")))
          .orElseGet(visit::notFound);
    } catch (ApiException e) {
      LivePage page =
          pages.page(visit.request(), visit.reader(), "", String.valueOf(e.getMessage()));
      return new PageResponse.Html(
          e.code().httpStatus(), visit.pages().templates().render("live", page));
    }
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(
        new CallsFeed(pages, visit.pages().templates(), visit.request(), visit.reader()));
  }
}
