// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.frame.LiveEvents;
import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import java.time.Duration;
import java.util.List;

/// Tells an open ingest page its counts.
public final class IngestFeed implements LiveFeed {
  private final IngestPages pages;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private String shown = "";

  public IngestFeed(IngestPages pages, Templates templates, PageRequest request, Reader reader) {
    this.pages = pages;
    this.templates = templates;
    this.request = request;
    this.reader = reader;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    String counts = templates.render("ingestCounts", pages.page(request, reader));
    if (counts.equals(shown)) {
      return List.of();
    }
    shown = counts;
    return List.of(LiveEvents.replace(List.of(counts)));
  }
}
