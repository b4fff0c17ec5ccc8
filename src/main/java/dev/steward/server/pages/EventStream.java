// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.web.LiveFeed;
import dev.steward.server.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A live feed as server-sent events. A browser that has gone is noticed by a write, so a quiet
/// stream sends a comment now and then.
final class EventStream {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /// Then the browser comes again by itself, and has to prove its session again.
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private EventStream() {}

  static Reply of(LiveFeed feed) {
    return new Reply.Streamed(
        "text/event-stream",
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        out -> write(feed, out));
  }

  private static void write(LiveFeed feed, OutputStream out)
      throws IOException, InterruptedException {
    send(out, ": open\n\n");
    Duration quiet = Duration.ZERO;
    Duration open = Duration.ZERO;
    while (open.compareTo(LONGEST) < 0 && !Thread.currentThread().isInterrupted()) {
      List<LiveFeed.Event> events = feed.poll();
      for (int i = 0; i < events.size(); i++) {
        send(out, written(events.get(i), i == events.size() - 1 ? feed.shown() : ""));
      }
      quiet = events.isEmpty() ? quiet.plus(feed.every()) : Duration.ZERO;
      if (quiet.compareTo(HEARTBEAT) >= 0) {
        send(out, ": quiet\n\n");
        quiet = Duration.ZERO;
      }
      Thread.sleep(feed.every());
      open = open.plus(feed.every());
    }
  }

  /// The id belongs to the last event: whoever has not got them all asks again from before.
  private static String written(LiveFeed.Event event, String id) {
    return (id.isEmpty() ? "" : "id: " + id + "\n")
        + "event: "
        + event.name()
        + "\ndata: "
        + event.data()
        + "\n\n";
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
