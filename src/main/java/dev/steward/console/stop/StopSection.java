// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.Figures;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.control.Command;
import dev.steward.control.live.Stopped;
import dev.steward.control.state.Kill;
import dev.steward.domain.ApiException;
import dev.steward.domain.Selector;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/stops`: the kill switch.
public final class StopSection implements Section {
  private final ConsoleViews views;
  private final StopPages pages;

  public StopSection(ConsoleViews views, Pages pages) {
    this.views = views;
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
    if (visit.depth() != 1) {
      return visit.notFound();
    }
    Map<String, String> form = visit.request().form();
    String reason = form.getOrDefault("reason", "").strip();
    try {
      String done =
          switch (visit.path().getFirst()) {
            case "kill" -> kill(visit, form.getOrDefault("selector", ""), reason);
            case "restore" -> restore(visit, form.getOrDefault("id", ""), reason);
            default -> "";
          };
      return done.isEmpty()
          ? visit.notFound()
          : visit.html("stops", pages.page(visit, done, "", null));
    } catch (ApiException e) {
      String wrong = String.valueOf(e.getMessage());
      StopPage page = pages.page(visit, "", wrong, form.get("selector"));
      return new PageResponse.Html(
          e.code().httpStatus(), visit.pages().templates().render("stops", page));
    }
  }

  private String kill(Visit visit, String selector, String reason) {
    Stopped stopped =
        views
            .live()
            .stops()
            .kill(
                new Command.Kill(id(views.random()), Selector.parse(selector), reason),
                visit.reader().actor());
    String said =
        "Killed "
            + stopped.kill().selector().plainly()
            + ": "
            + Figures.of(stopped.cut(), "call", "calls")
            + " cut, and new ones are refused.";
    return stopped.written()
        ? said
        : said + " It is not in the ledger yet (" + stopped.trouble() + ") and is tried again.";
  }

  private String restore(Visit visit, String id, String reason) {
    String what = views.live().stops().find(id).map(k -> k.selector().plainly()).orElse(id);
    views.live().stops().restore(new Command.Restore(id, reason), visit.reader().actor());
    Optional<Kill> left = views.live().stops().find(id);
    return left.isEmpty()
        ? "Restored " + what + ": new calls go through."
        : "Proposed to restore " + what + ". It is restored once a second person agrees.";
  }

  private static String id(RandomGenerator random) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return "kill-" + HexFormat.of().formatHex(id);
  }
}
