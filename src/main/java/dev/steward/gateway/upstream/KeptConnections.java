// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Connections to one host that wait for their next call. The one used last is used next; those
/// that rest are watched, so that one which the other side has closed is not used.
///
/// The client's own cache watches each connection from the end of one call to the beginning of the
/// next, by a thread that reads: under load a thread, two reads and two switches for each call.
final class KeptConnections {
  /// No server closes a connection that was used so lately; one that does is watched at once.
  private static final Duration FRESH = Duration.ofMillis(200);

  private static final Duration WARY = Duration.ofMinutes(10);

  /// How long a host is watched at first: one that closes after each answer shows it by then.
  private static final Duration UNKNOWN = Duration.ofSeconds(5);

  /// One that is closed so soon was not left idle: its server closes after each answer.
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static final int CLOSED_AT_ONCE_MAX = 4;

  private final WebClient client;
  private final ConnectionKey key;
  private final int max;
  private final LongSupplier nanos;
  private final ConcurrentLinkedDeque<Resting> fresh = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Resting> watched = new ConcurrentLinkedDeque<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile long watchedUntil;

  /// @param max connections that wait
  /// @param nanos elapsed time
  KeptConnections(WebClient client, ConnectionKey key, int max, LongSupplier nanos) {
    this.client = client;
    this.key = key;
    this.max = max;
    this.nanos = nanos;
    watchedUntil = nanos.getAsLong() + UNKNOWN.toNanos();
  }

  /// A connection between two calls.
  private record Resting(TcpClientConnection connection, long sinceNanos) {}

  /// A connection for one call.
  ///
  /// @param unwatched whether the other side may have closed it since its last call
  record Taken(ClientConnection connection, boolean unwatched, KeptConnections of) {

    /// Says that it broke before it answered. Where it was used lately and so not watched, all are
    /// watched from their first moment on, for a while.
    void broke() {
      if (unwatched) {
        of.beWary();
      }
    }
  }

  Taken take() {
    Resting rested = fresh.pollFirst();
    if (rested != null) {
      kept.decrementAndGet();
      return new Taken(rested.connection(), true, this);
    }
    forgetClosed();
    for (Resting next = watched.pollFirst(); next != null; next = watched.pollFirst()) {
      kept.decrementAndGet();
      if (next.connection().isConnected()) {
        return new Taken(next.connection(), false, this);
      }
      forget(next);
    }
    TcpClientConnection made =
        TcpClientConnection.create(
            client, key, List.of(Http1Client.PROTOCOL_ID), this::keep, _ -> {});
    return new Taken(made.connect(), false, this);
  }

  /// Closes some of those that have rested for the longest and that the other side has closed.
  private void forgetClosed() {
    for (int i = 0; i < CLOSED_AT_ONCE_MAX; i++) {
      Resting oldest = watched.pollLast();
      if (oldest == null) {
        return;
      }
      if (oldest.connection().isConnected()) {
        watched.addLast(oldest);
        return;
      }
      kept.decrementAndGet();
      forget(oldest);
    }
  }

  private void forget(Resting closed) {
    if (nanos.getAsLong() - closed.sinceNanos() < AT_ONCE.toNanos()) {
      beWary();
    }
    closed.connection().closeResource();
  }

  private void beWary() {
    watchedUntil = nanos.getAsLong() + WARY.toNanos();
  }

  private boolean wary() {
    return nanos.getAsLong() - watchedUntil < 0;
  }

  private boolean keep(TcpClientConnection connection) {
    if (!connection.isConnected()) {
      return false;
    }
    if (kept.incrementAndGet() > max) {
      kept.decrementAndGet();
      return false;
    }
    Resting resting = new Resting(connection, nanos.getAsLong());
    if (wary()) {
      watch(resting);
    } else {
      fresh.addFirst(resting);
      if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
        Thread.ofVirtual().name("upstream-connections").start(this::sweep);
      }
    }
    return true;
  }

  private void watch(Resting resting) {
    resting.connection().helidonSocket().idle();
    watched.addFirst(resting);
  }

  /// Begins to watch what rests, until nothing does.
  private void sweep() {
    boolean more = true;
    while (more) {
      try {
        Thread.sleep(FRESH);
        watchRested();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        sweeping.set(false);
      }
      more = !fresh.isEmpty() && sweeping.compareAndSet(false, true);
    }
  }

  private void watchRested() {
    long now = nanos.getAsLong();
    for (Resting last = fresh.pollLast(); last != null; last = fresh.pollLast()) {
      if (now - last.sinceNanos() < FRESH.toNanos() && !wary()) {
        fresh.addLast(last);
        return;
      }
      watch(last);
    }
  }
}
