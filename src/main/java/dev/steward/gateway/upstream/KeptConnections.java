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

/// Connections to one host that wait for their next call. The one used last is used next; those
/// that rest are watched, so that one which the other side has closed is not used.
///
/// The client's own cache watches each connection from the end of one call to the beginning of the
/// next, by a thread that reads: under load a thread, two reads and two switches for each call.
final class KeptConnections {
  /// No server closes a connection that was used so lately; one that does is watched at once.
  private static final Duration FRESH = Duration.ofMillis(200);

  private static final Duration WARY = Duration.ofMinutes(10);

  private final WebClient client;
  private final ConnectionKey key;
  private final int max;
  private final ConcurrentLinkedDeque<Resting> fresh = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<TcpClientConnection> watched = new ConcurrentLinkedDeque<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile long watchedUntil = System.nanoTime();

  /// @param max connections that wait
  KeptConnections(WebClient client, ConnectionKey key, int max) {
    this.client = client;
    this.key = key;
    this.max = max;
  }

  /// A connection that nobody watches yet.
  private record Resting(TcpClientConnection connection, long sinceNanos) {}

  /// A connection for one call.
  ///
  /// @param unwatched whether the other side may have closed it since its last call
  record Taken(ClientConnection connection, boolean unwatched, KeptConnections of) {

    /// Says that it broke before it answered. Where it was used lately and so not watched, all are
    /// watched from their first moment on, for a while.
    void broke() {
      if (unwatched) {
        of.watchedUntil = System.nanoTime() + WARY.toNanos();
      }
    }
  }

  Taken take() {
    Resting rested = fresh.pollFirst();
    if (rested != null) {
      kept.decrementAndGet();
      return new Taken(rested.connection(), true, this);
    }
    for (TcpClientConnection next = watched.pollFirst(); next != null; next = watched.pollFirst()) {
      kept.decrementAndGet();
      if (next.isConnected()) {
        return new Taken(next, false, this);
      }
      next.closeResource();
    }
    TcpClientConnection made =
        TcpClientConnection.create(
            client, key, List.of(Http1Client.PROTOCOL_ID), this::keep, _ -> {});
    return new Taken(made.connect(), false, this);
  }

  private boolean wary() {
    return System.nanoTime() - watchedUntil < 0;
  }

  private boolean keep(TcpClientConnection connection) {
    if (!connection.isConnected()) {
      return false;
    }
    if (kept.incrementAndGet() > max) {
      kept.decrementAndGet();
      return false;
    }
    if (wary()) {
      watch(connection);
    } else {
      fresh.addFirst(new Resting(connection, System.nanoTime()));
      if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
        Thread.ofVirtual().name("upstream-connections").start(this::sweep);
      }
    }
    return true;
  }

  private void watch(TcpClientConnection connection) {
    connection.helidonSocket().idle();
    watched.addFirst(connection);
  }

  /// Begins to watch what rests, until nothing does.
  private void sweep() {
    boolean more = true;
    while (more) {
      try {
        Thread.sleep(FRESH);
      } catch (InterruptedException _) {
        sweeping.set(false);
        Thread.currentThread().interrupt();
        return;
      }
      long now = System.nanoTime();
      for (Resting last = fresh.pollLast(); last != null; last = fresh.pollLast()) {
        if (now - last.sinceNanos() < FRESH.toNanos() && !wary()) {
          fresh.addLast(last);
          break;
        }
        watch(last.connection());
      }
      sweeping.set(false);
      more = !fresh.isEmpty() && sweeping.compareAndSet(false, true);
    }
  }
}
