// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import java.util.Optional;

/// `/now`: where everybody begins.
public final class NowSection implements Section {
  private final NowPages now;

  public NowSection(ConsoleViews views, Pages pages) {
    now = new NowPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "now";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("now", now.page(visit.request(), visit.reader()))
        : visit.notFound();
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(
        new NowFeed(now, visit.pages().templates(), visit.request(), visit.reader()));
  }
}
