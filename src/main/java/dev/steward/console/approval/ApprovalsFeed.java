// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Templates;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.consent.ApprovalView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells an open inbox what happened: a row says how its approval stands now and keeps its place;
/// new ones are counted, so that nothing moves under the reader's hand.
final class ApprovalsFeed implements LiveFeed {
  private static final int ROWS_MAX = 500;

  private final ApprovalPages pages;
  private final ConsoleViews views;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final Map<String, String> shown = new HashMap<>();
  private final Set<String> opened = new HashSet<>();
  private boolean started;
  private int fresh;

  ApprovalsFeed(
      ApprovalPages pages,
      ConsoleViews views,
      Templates templates,
      PageRequest request,
      Reader reader) {
    this.pages = pages;
    this.views = views;
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
    List<String> changed = new ArrayList<>();
    int unseen = 0;
    for (ApprovalView view : views.live().approvals().list(reader.actor(), null, ROWS_MAX)) {
      String id = view.approval().id();
      if (!started) {
        opened.add(id);
      }
      if (opened.contains(id)) {
        String mark = ApprovalRows.mark(view).word();
        String last = shown.put(id, mark);
        if (last != null && !last.equals(mark)) {
          changed.add(templates.render("approvalRow", pages.row(request, view)));
        }
      } else if (ApprovalRows.waits(view)) {
        unseen++;
      }
    }
    started = true;
    List<Event> events = new ArrayList<>();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    if (unseen != fresh) {
      fresh = unseen;
      events.add(LiveEvents.count(unseen, false));
    }
    return events;
  }
}
