// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tells an open ingest page its counts.
public final class IngestFeed implements LiveFeed {
  private static final int ARRIVALS_EVERY = 10;

  private final IngestPages pages;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private String counts = "";
  private String arrivals = "";
  private int polls;

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
    IngestPage page = pages.page(request, reader);
    List<String> changed = new ArrayList<>();
    String freshCounts = templates.render("ingestCounts", page);
    if (!freshCounts.equals(counts)) {
      counts = freshCounts;
      changed.add(freshCounts);
    }
    // a chart that changes under the pointer every second cannot be read
    if (polls++ % ARRIVALS_EVERY == 0) {
      String freshArrivals = templates.render("ingestArrivals", page);
      if (!freshArrivals.equals(arrivals)) {
        arrivals = freshArrivals;
        changed.add(freshArrivals);
      }
    }
    return changed.isEmpty() ? List.of() : List.of(LiveEvents.replace(changed));
  }

  /// Both parts are told to every stream that begins.
  @Override
  public String shown() {
    return "";
  }
}
