// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The sessions of all legacy clients. One that nobody uses for long is ended; where there are too
/// many, the one that was not used for the longest goes first.
public final class Sessions {
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong kept = new AtomicLong();
  private final int max;
  private final Duration idleMax;
  private final LongSupplier nanos;
  private final RandomGenerator random;

  public Sessions(int max, Duration idleMax, LongSupplier nanos, RandomGenerator random) {
    this.max = max;
    this.idleMax = idleMax;
    this.nanos = nanos;
    this.random = random;
  }

  /// @param version that both sides speak
  public Session begin(Client client, RpcMessage greeting, String version) {
    sweep();
    byte[] id = new byte[24];
    random.nextBytes(id);
    Session session =
        new Session(
            Base64.getUrlEncoder().withoutPadding().encodeToString(id),
            client.owner(),
            client.destination().path(),
            greeting,
            version,
            kept,
            nanos.getAsLong());
    sessions.put(session.id(), session);
    return session;
  }

  /// The session of that id, empty where it is none of this client's.
  public Optional<Session> find(String id, Client client) {
    Session session = sessions.get(id);
    if (session == null || !session.belongs(client)) {
      return Optional.empty();
    }
    session.used(nanos.getAsLong());
    return Optional.of(session);
  }

  public void end(Session session) {
    if (sessions.remove(session.id(), session)) {
      session.end();
    }
  }

  /// Ends all, as far as the servers hear of it soon.
  public void close() {
    List<Thread> ending = new ArrayList<>();
    for (Session session : sessions.values()) {
      ending.add(Thread.ofVirtual().name("mcp-session-end").start(() -> end(session)));
    }
    long deadline = System.nanoTime() + GOODBYE.toNanos();
    try {
      for (Thread each : ending) {
        each.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public int count() {
    return sessions.size();
  }

  private void sweep() {
    List<Session> late = new ArrayList<>();
    long now = nanos.getAsLong();
    for (Session session : sessions.values()) {
      if (now - session.usedNanos() > idleMax.toNanos()) {
        late.add(session);
      }
    }
    if (late.isEmpty() && sessions.size() >= max) {
      sessions.values().stream()
          .min(Comparator.comparingLong(Session::usedNanos))
          .ifPresent(late::add);
    }
    for (Session session : late) {
      // To say goodbye to a server that does not listen takes its time.
      Thread.ofVirtual().name("mcp-session-end").start(() -> end(session));
    }
  }
}
