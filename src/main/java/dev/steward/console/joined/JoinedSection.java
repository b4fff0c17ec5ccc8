// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;

/// `/conversations/{id}` or `/tasks/{id}`: the runs that belong together.
public final class JoinedSection implements Section {
  private final Kinship kinship;
  private final JoinedPages joined;

  public JoinedSection(Kinship kinship, ConsoleViews views, Pages pages) {
    this.kinship = kinship;
    joined = new JoinedPages(pages.framer());
  }

  @Override
  public String segment() {
    return kinship.segment();
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() != 1) {
      return visit.notFound();
    }
    String id = visit.path().getFirst();
    return joined
        .page(kinship, id, visit.request(), visit.reader())
        .map(page -> visit.html("joined", page))
        .orElseGet(() ->
            visit
                .pages()
                .failures()
                .page(
                    visit.request(),
                    404,
                    "No run that you may see belongs to the "
                        + kinship.word().toLowerCase(java.util.Locale.ROOT)
                        + " "
                        + id
                        + ".",
                    "Check the id. Runs that are older than the retention are gone."));
  }
}
