// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;

/// `/cost`: what agents cost.
public final class CostSection implements Section {
  private final CostPages cost;

  public CostSection(ConsoleViews views, Pages pages) {
    cost = new CostPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "cost";
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("cost", cost.page(visit.request(), visit.reader()))
        : visit.notFound();
  }
}
