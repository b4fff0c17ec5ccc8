// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.gateway.rpc.RpcJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One stream of a session: its last events, kept so that a client whose connection broke can read
/// on, and the connection that it goes to now. All streams together keep no more than a fixed
/// number of characters.
public final class EventStream {
  private static final int EVENTS_MAX = 512;
  private static final int CHARS_MAX = 4 << 20;

  /// Of all streams of all sessions.
  private static final long ALL_CHARS_MAX = 128L << 20;

  private final String name;
  private final AtomicLong kept;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long last;
  private int chars;
  private boolean ended;
  private boolean attached;
  private @Nullable SseOut out;

  public EventStream(String name, AtomicLong kept) {
    this.name = name;
    this.kept = kept;
  }

  private record Event(long number, String data) {}

  public String name() {
    return name;
  }

  /// The id of an event, by which stream and place are found again.
  private String id(long number) {
    return name + "-" + number;
  }

  /// Keeps a message and sends it, if somebody listens.
  ///
  /// @return whether it went out
  public synchronized boolean add(ObjectNode message) {
    String data = new String(RpcJson.bytes(message), StandardCharsets.UTF_8);
    Event event = new Event(++last, data);
    events.add(event);
    chars += data.length();
    kept.addAndGet(data.length());
    while (events.size() > EVENTS_MAX
        || ((chars > CHARS_MAX || kept.get() > ALL_CHARS_MAX) && events.size() > 1)) {
      drop();
    }
    return out != null && out.event(id(event.number()), data);
  }

  /// Sends to that connection from now on, in place of the one before.
  ///
  /// @param retryMillis how long the client should wait before it comes back, -1 for a client that
  ///   does not know events without data
  public synchronized void attach(SseOut to, long retryMillis) {
    SseOut before = out;
    out = to;
    attached = true;
    notifyAll();
    if (before != null) {
      before.close();
    }
    if (retryMillis >= 0) {
      to.prime(id(last), retryMillis);
    }
  }

  /// Whether all that followed an event is still known.
  public synchronized boolean knows(long after) {
    Event first = events.peek();
    long oldest = first == null ? last + 1 : first.number();
    return after <= last && after + 1 >= oldest;
  }

  /// Sends what followed an event, and what is still to come.
  public synchronized void resume(SseOut to, long after) {
    attach(to, -1);
    for (Event event : events) {
      if (event.number() > after) {
        to.event(id(event.number()), event.data());
      }
    }
    if (ended) {
      to.close();
    }
  }

  /// Sends the client away for a while; it comes back by the last event's id.
  public synchronized void pause(long millis) throws InterruptedException {
    SseOut before = out;
    out = null;
    if (before != null) {
      before.prime(id(last), millis);
      before.close();
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (out == null && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void drop() {
    int length = events.remove().data().length();
    chars -= length;
    kept.addAndGet(-length);
  }

  /// Forgets all that it kept.
  public synchronized void forget() {
    while (!events.isEmpty()) {
      drop();
    }
  }

  /// Whether it ever went to a connection, so that a client can know of it.
  public synchronized boolean known() {
    return attached;
  }

  /// Nothing more will come.
  public synchronized void end() {
    ended = true;
    if (out != null) {
      out.close();
    }
  }

  public synchronized boolean ended() {
    return ended;
  }
}
