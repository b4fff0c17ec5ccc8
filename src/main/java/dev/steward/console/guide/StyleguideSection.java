// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.web.PageResponse;
import java.util.List;

/// `/styleguide`: every component in every state.
public final class StyleguideSection implements Section {

  @Override
  public String segment() {
    return "styleguide";
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() > 0) {
      return visit.notFound();
    }
    Frame frame =
        visit
            .pages()
            .framer()
            .single(
                visit.request(),
                "Style guide",
                "settings",
                List.of(new Crumb("Settings", "/settings")),
                "");
    return visit.html("styleguide", new Samples(frame));
  }
}
