// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import java.time.Duration;
import java.util.List;

/// What one open page wants to be told. The server calls `poll` every `every()` on the virtual
/// thread of the SSE stream, sends the events, and a comment as heartbeat when there were none for
/// a while. A feed belongs to one stream and is not shared.
public interface LiveFeed {
  Duration every();

  /// What has changed since the last call; empty when nothing has.
  List<Event> poll();

  /// What the page shows once it has taken all that was told, as the token that it brings when it
  /// asks again.
  String shown();

  /// One server-sent event.
  ///
  /// @param data one line: JSON
  record Event(String name, String data) {}
}
