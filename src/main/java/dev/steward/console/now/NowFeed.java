// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells an open page what has changed: its head and its lines where they stand; findings that are
/// new or over are counted, so that nothing moves under the reader's eyes.
final class NowFeed implements LiveFeed {
  private static final String HEAD = "head";

  private final NowPages pages;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final Shown shown;

  NowFeed(NowPages pages, Templates templates, PageRequest request, Reader reader) {
    this.pages = pages;
    this.templates = templates;
    this.request = request;
    this.reader = reader;
    shown = Shown.of(request);
  }

  /// What a page of this shows.
  static Shown shown(NowPage.Head head, List<NowPage.Card> alarms, List<NowPage.Line> agents) {
    Shown shown = Shown.fresh();
    shown.takes(HEAD, head);
    alarms.forEach(card -> shown.takes(card.anchor(), card.still()));
    agents.forEach(line -> shown.takes(line.anchor(), line.still()));
    return shown;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public List<Event> poll() {
    NowPage page = pages.page(request, reader);
    List<String> changed = new ArrayList<>();
    Set<String> there = new HashSet<>(Set.of(HEAD));
    if (shown.takes(HEAD, page.head())) {
      changed.add(templates.render("nowHead", page.head()));
    }
    for (NowPage.Card card : page.alarms()) {
      there.add(card.anchor());
      if (shown.has(card.anchor()) && shown.takes(card.anchor(), card.still())) {
        changed.add(templates.render("finding", card));
      }
    }
    for (NowPage.Line line : page.agents()) {
      there.add(line.anchor());
      if (shown.has(line.anchor()) && shown.takes(line.anchor(), line.still())) {
        changed.add(templates.render("nowLine", line));
      }
    }
    int count = shown.apart(there);
    shown.looked();
    List<Event> events = new ArrayList<>();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    if (shown.counts(count)) {
      events.add(LiveEvents.count(count, false));
    }
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }
}
