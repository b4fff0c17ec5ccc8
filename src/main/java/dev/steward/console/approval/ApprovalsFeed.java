// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Templates;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.control.consent.ApprovalView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tells an open inbox what happened: a row says how its approval stands now and keeps its place;
/// new ones are counted, so that nothing moves under the reader's hand.
final class ApprovalsFeed implements LiveFeed {
  private static final int ROWS_MAX = 500;

  private final ApprovalPages pages;
  private final ConsoleViews views;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final Shown shown;

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
    shown = Shown.of(request);
  }

  /// What an inbox with these shows.
  static Shown shown(List<ApprovalView> views) {
    Shown shown = Shown.fresh();
    views.forEach(view -> shown.takes(view.approval().id(), standing(view)));
    return shown;
  }

  private static String standing(ApprovalView view) {
    return ApprovalRows.mark(view).word();
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
      if (shown.has(id)) {
        if (shown.takes(id, standing(view))) {
          changed.add(templates.render("approvalRow", pages.row(request, view)));
        }
      } else if (ApprovalRows.waits(view)) {
        unseen++;
      }
    }
    shown.looked();
    List<Event> events = new ArrayList<>();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    if (shown.counts(unseen)) {
      events.add(LiveEvents.count(unseen, false));
    }
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }
}
