// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.control.release.ReleaseRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells an open page of a release what the evidence says now. Where the release came into another
/// state more than that has changed, and the page is only told so.
final class ReleaseFeed implements LiveFeed {
  private final Supplier<Optional<ReleaseRecord>> release;
  private final Function<ReleaseRecord, String> drawn;
  private @Nullable ReleaseRecord opened;
  private String last = "";
  private boolean moved;

  /// @param drawn what is shown of it, as one element
  ReleaseFeed(Supplier<Optional<ReleaseRecord>> release, Function<ReleaseRecord, String> drawn) {
    this.release = release;
    this.drawn = drawn;
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
    ReleaseRecord first = opened == null ? now.get() : opened;
    opened = first;
    String html = drawn.apply(now.get());
    if (!html.equals(last)) {
      last = html;
      events.add(LiveEvents.replace(List.of(html)));
    }
    if (!moved && !first.state().equals(now.get().state())) {
      moved = true;
      events.add(LiveEvents.count(1, false));
    }
    return events;
  }
}
