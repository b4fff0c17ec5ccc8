// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.Percent;
import java.util.List;

/// `/compare`: two runs that were ticked in a list, as the address of their comparison.
public final class CompareSection implements Section {
  private static final String TICKED = "run-";

  @Override
  public String segment() {
    return "compare";
  }

  @Override
  public PageResponse get(Visit visit) {
    List<String> ticked =
        visit.request().query().keySet().stream()
            .filter(name -> name.startsWith(TICKED))
            .map(name -> name.substring(TICKED.length()))
            .sorted()
            .toList();
    if (ticked.size() != 2) {
      return visit
          .pages()
          .failures()
          .page(
              visit.request(),
              400,
              "Two runs can be compared, and "
                  + (ticked.isEmpty()
                      ? "none was"
                      : ticked.size() == 1 ? "one was" : ticked.size() + " were")
                  + " ticked.",
              "Go back and tick two runs in the list.");
    }
    return new PageResponse.Redirect(
        "/runs/"
            + Percent.encoded(ticked.getFirst())
            + "/compare/"
            + Percent.encoded(ticked.getLast()));
  }
}
