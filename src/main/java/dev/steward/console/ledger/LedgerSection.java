// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;

/// `/ledger...`: every change, in words and with its proof.
public final class LedgerSection implements Section {
  private final LedgerPages ledger;

  public LedgerSection(ConsoleViews views, Pages pages) {
    ledger = new LedgerPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "ledger";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.seesAll();
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() == 0) {
      return visit.html("ledger", ledger.page(visit.request()));
    }
    return ledger
        .entry(visit.request(), visit.path().getFirst())
        .map(page -> visit.html("ledgerEntry", page))
        .orElseGet(visit::notFound);
  }
}
