// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import java.util.List;

/// `/ledger...`: every change in words and with its proof, and `/ledger/activity...`: the same of
/// what agents did.
public final class LedgerSection implements Section {
  private final ConsoleViews views;
  private final LedgerPages lists;
  private final EntryPages entries;

  public LedgerSection(ConsoleViews views, Pages pages) {
    this.views = views;
    lists = new LedgerPages(views, pages.framer());
    entries = new EntryPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "ledger";
  }

  @Override
  public String about() {
    return "the ledger, which holds every change and every agent's record,";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.seesAll();
  }

  @Override
  public PageResponse get(Visit visit) {
    List<String> path = visit.path();
    boolean activity = !path.isEmpty() && path.getFirst().equals("activity");
    return activity
        ? get(visit, views.activity(), path.subList(1, path.size()))
        : get(visit, views.ledger(), path);
  }

  private PageResponse get(Visit visit, LedgerReading ledger, List<String> path) {
    if (path.isEmpty()) {
      return visit.html("ledger", lists.page(visit.request(), ledger));
    }
    String first = path.getFirst();
    if (path.size() == 1 && first.equals("check")) {
      return visit.html("ledgerCheck", entries.check(visit.request()));
    }
    if (path.size() == 1) {
      return entries
          .entry(visit.request(), ledger, first)
          .map(page -> visit.html("ledgerEntry", page))
          .orElseGet(visit::notFound);
    }
    if (path.size() == 2 && path.get(1).equals("state") && ledger.equals(views.ledger())) {
      return entries
          .state(visit.request(), first)
          .map(page -> visit.html("ledgerState", page))
          .orElseGet(visit::notFound);
    }
    return visit.notFound();
  }
}
