// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;

/// `/stops`: the kill switch.
public final class StopSection implements Section {
  private final KillDeeds deeds;
  private final StopPages pages;

  public StopSection(ConsoleViews views, Pages pages) {
    this.deeds = new KillDeeds(views);
    this.pages = new StopPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "stops";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("stops", pages.page(visit, "", "", visit.request().parameter("selector")))
        : visit.notFound();
  }

  @Override
  public PageResponse post(Visit visit) {
    try {
      return deeds
          .act(visit)
          .map(done -> visit.html("stops", pages.page(visit, done, "", null)))
          .orElseGet(visit::notFound);
    } catch (ApiException e) {
      String wrong = String.valueOf(e.getMessage());
      StopPage page = pages.page(visit, "", wrong, visit.request().form().get("selector"));
      return new PageResponse.Html(
          e.code().httpStatus(), visit.pages().templates().render("stops", page));
    }
  }
}
