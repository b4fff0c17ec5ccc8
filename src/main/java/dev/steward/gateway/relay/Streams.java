// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Watches the streams that are open: a comment for a client that has heard nothing for a while, an
/// end for a provider that has sent nothing for too long.
public final class Streams implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(500);

  private final LongSupplier nanos;
  private final Duration commentAfter;
  private final Set<Watched> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// @param nanos a clock that never jumps
  /// @param commentAfter how long a client hears nothing before it gets a comment
  public Streams(LongSupplier nanos, Duration commentAfter) {
    this.nanos = nanos;
    this.commentAfter = commentAfter;
    this.thread = Thread.ofPlatform().name("gateway-streams").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  LongSupplier nanos() {
    return nanos;
  }

  /// One open stream.
  ///
  /// @param comments whether its framing has comments
  record Watched(
      ClientStream client,
      Cuttable call,
      boolean comments,
      Duration idleMax,
      LastRead lastRead,
      AtomicBoolean commenting) {}

  /// When the provider was last heard.
  static final class LastRead {
    volatile long nanos;
  }

  Watched watch(ClientStream client, Cuttable call, boolean comments, Duration idleMax) {
    LastRead last = new LastRead();
    last.nanos = nanos.getAsLong();
    Watched watched = new Watched(client, call, comments, idleMax, last, new AtomicBoolean());
    open.add(watched);
    return watched;
  }

  void forget(Watched watched) {
    open.remove(watched);
  }

  public int open() {
    return open.size();
  }

  private void run() {
    try {
      while (!closed.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        open.forEach(this::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Watched stream) {
    if (stream.call().why() != null) {
      if (stream.call().force()) {
        stream.client().force();
      }
    } else if (nanos.getAsLong() - stream.lastRead().nanos > stream.idleMax().toNanos()) {
      stream.call().cut(Cuttable.Why.UPSTREAM_IDLE);
    } else if (stream.comments()
        && stream.client().idleNanos() >= commentAfter.toNanos()
        && stream.commenting().compareAndSet(false, true)) {
      // A write may block on a client that does not read, so each has a thread of its own.
      Thread.ofVirtual().name("stream-comment").start(() -> comment(stream));
    }
  }

  private static void comment(Watched stream) {
    try {
      stream.client().comment();
      if (stream.client().left()) {
        stream.call().cut(Cuttable.Why.CLIENT_GONE);
      }
    } finally {
      stream.commenting().set(false);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
