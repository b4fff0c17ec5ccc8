// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.Reader;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import dev.steward.domain.Digest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells the page of one approval that somebody else answered or edited, or that it expired. What
/// can be done then is another, so the page says that it has changed.
final class ApprovalFeed implements LiveFeed {
  private final Supplier<ApprovalView> view;
  private @Nullable Seen last;

  ApprovalFeed(Supplier<ApprovalView> view) {
    this.view = view;
  }

  private record Seen(Status status, int answers, Digest arguments) {}

  static ApprovalFeed of(ConsoleViews views, String id, Reader reader) {
    return new ApprovalFeed(() -> views.live().approvals().look(id, reader.actor()));
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    ApprovalView now = view.get();
    Seen seen = new Seen(now.status(), now.approval().answers().size(), now.approval().arguments());
    Seen before = last;
    last = seen;
    return before == null || before.equals(seen) ? List.of() : List.of(LiveEvents.count(1, false));
  }
}
