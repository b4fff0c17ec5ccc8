// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import dev.steward.domain.Digest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Tells the page of one approval that somebody else answered or edited, or that it expired. What
/// can be done then is another, so the page says that it has changed.
final class ApprovalFeed implements LiveFeed {
  private static final String APPROVAL = "approval";

  private final Supplier<ApprovalView> view;
  private final Shown shown;

  private ApprovalFeed(Supplier<ApprovalView> view, Shown shown) {
    this.view = view;
    this.shown = shown;
  }

  private record Seen(Status status, int answers, Digest arguments) {
    static Seen of(ApprovalView view) {
      return new Seen(view.status(), view.approval().answers().size(), view.approval().arguments());
    }
  }

  static ApprovalFeed of(ConsoleViews views, String id, PageRequest request, Reader reader) {
    return new ApprovalFeed(
        () -> views.live().approvals().look(id, reader.actor()), Shown.of(request));
  }

  /// What the page of this one shows.
  static Shown shown(ApprovalView view) {
    Shown shown = Shown.fresh();
    shown.takes(APPROVAL, Seen.of(view));
    return shown;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    boolean changed = shown.takes(APPROVAL, Seen.of(view.get())) && shown.known();
    shown.looked();
    return changed ? List.of(LiveEvents.count(1, false)) : List.of();
  }

  @Override
  public String shown() {
    return shown.token();
  }
}
