// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import java.util.Optional;

/// `/ingest`: the way of spans into the store.
public final class IngestSection implements Section {
  private final IngestPages ingest;

  public IngestSection(ConsoleViews views, Pages pages) {
    ingest = new IngestPages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "ingest";
  }

  @Override
  public String about() {
    return "ingest, which counts the spans of all senders together,";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.seesAll();
  }

  @Override
  public PageResponse get(Visit visit) {
    return visit.depth() == 0
        ? visit.html("ingest", ingest.page(visit.request(), visit.reader()))
        : visit.notFound();
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    return visit.reader().operates()
        ? ingest.act(visit.request(), visit.reader(), visit.path().get(1))
        : visit.forbidden("retry or drop dead letters");
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return Optional.of(
        new IngestFeed(ingest, visit.pages().templates(), visit.request(), visit.reader()));
  }
}
