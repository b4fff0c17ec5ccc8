// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Shown;
import dev.steward.control.release.ReleaseRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Tells an open page of a release what the evidence says now. Where the release came into another
/// state more than that has changed, and the page is only told so.
final class ReleaseFeed implements LiveFeed {
  private static final String STATE = "state";

  private final Supplier<Optional<ReleaseRecord>> release;
  private final Function<ReleaseRecord, String> drawn;
  private final Shown shown;
  private String last = "";

  /// @param drawn what is shown of it, as one element
  ReleaseFeed(
      PageRequest request,
      Supplier<Optional<ReleaseRecord>> release,
      Function<ReleaseRecord, String> drawn) {
    this.release = release;
    this.drawn = drawn;
    shown = Shown.of(request);
  }

  /// What the page of this release shows of it that is not drawn anew.
  static Shown shown(ReleaseRecord record) {
    Shown shown = Shown.fresh();
    shown.takes(STATE, record.state());
    return shown;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    Optional<ReleaseRecord> now = release.get();
    List<Event> events = new ArrayList<>();
    if (now.isEmpty()) {
      return events;
    }
    String html = drawn.apply(now.get());
    if (!html.equals(last)) {
      last = html;
      events.add(LiveEvents.replace(List.of(html)));
    }
    if (shown.takes(STATE, now.get().state()) && shown.known()) {
      events.add(LiveEvents.count(1, false));
    }
    shown.looked();
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }
}
