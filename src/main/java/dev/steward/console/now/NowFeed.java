// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells an open page what has changed: its head and its lines where they stand; findings that are
/// new or over are counted, so that nothing moves under the reader's eyes.
final class NowFeed implements LiveFeed {
  private final NowPages pages;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final Map<String, String> shown = new HashMap<>();
  private final Set<String> opened = new HashSet<>();
  private boolean started;
  private int changes;

  NowFeed(NowPages pages, Templates templates, PageRequest request, Reader reader) {
    this.pages = pages;
    this.templates = templates;
    this.request = request;
    this.reader = reader;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public List<Event> poll() {
    NowPage page = pages.page(request, reader);
    List<String> changed = new ArrayList<>();
    compare("head", templates.render("nowHead", page.head()), changed);
    Set<String> there = new HashSet<>();
    for (NowPage.Card card : page.alarms()) {
      there.add(card.anchor());
      compare(card.anchor(), templates.render("finding", card), changed);
    }
    for (NowPage.Line line : page.agents()) {
      there.add(line.anchor());
      compare(line.anchor(), templates.render("nowLine", line), changed);
    }
    List<Event> events = new ArrayList<>();
    if (!started) {
      started = true;
      opened.addAll(there);
      return List.of();
    }
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    int count = different(there);
    if (count != changes) {
      changes = count;
      events.add(LiveEvents.count(count, false));
    }
    return events;
  }

  private int different(Set<String> there) {
    int different = 0;
    for (String anchor : there) {
      different += opened.contains(anchor) ? 0 : 1;
    }
    for (String anchor : opened) {
      different += there.contains(anchor) ? 0 : 1;
    }
    return different;
  }

  private void compare(String key, String html, List<String> changed) {
    String last = shown.put(key, html);
    if (last != null && !last.equals(html)) {
      changed.add(html);
    }
  }
}
