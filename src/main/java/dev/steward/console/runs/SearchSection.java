// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;

/// `/search?q=`: goes straight to a run or an agent when the words name one, else to the runs that
/// contain them.
public final class SearchSection implements Section {
  private final ConsoleViews views;

  public SearchSection(ConsoleViews views) {
    this.views = views;
  }

  @Override
  public String segment() {
    return "search";
  }

  @Override
  public PageResponse get(Visit visit) {
    String words = visit.request().parameter("q");
    if (words == null) {
      return new PageResponse.Redirect("/runs");
    }
    if (words.matches("[0-9a-f-]{16,}")
        && views.traces().run(words).filter(visit.reader()::sees).isPresent()) {
      return new PageResponse.Redirect("/runs/" + PageUrl.segment(words));
    }
    boolean agent = views.registry().agents().stream().anyMatch(a -> a.name().equals(words));
    return new PageResponse.Redirect(
        PageUrl.of("/runs").with(agent ? "agent" : "q", words).toString());
  }
}
