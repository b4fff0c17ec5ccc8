// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.history;

import dev.steward.domain.Uninterrupted;
import dev.steward.store.duckdb.Retention;
import dev.steward.trace.tail.LiveTail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What has to be done now and then: quiet runs leave the tail each minute, old days leave the hot
/// store each hour.
public final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration TURN = Duration.ofMinutes(1);
  private static final Duration RETENTION_EVERY = Duration.ofHours(1);

  private final LiveTail tail;
  private final Retention retention;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Upkeep(LiveTail tail, Retention retention, InstantSource clock) {
    this.tail = tail;
    this.retention = retention;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("upkeep").daemon().unstarted(this::run);
  }

  public static Upkeep start(LiveTail tail, Retention retention, InstantSource clock) {
    Upkeep upkeep = new Upkeep(tail, retention, clock);
    upkeep.thread.start();
    return upkeep;
  }

  private void run() {
    Instant retained = Instant.MIN;
    try {
      while (!closed.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        safely(tail::sweep);
        if (retained.isBefore(clock.instant().minus(RETENTION_EVERY))) {
          safely(this::retain);
          retained = clock.instant();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void retain() {
    Retention.Done done = retention.run(clock.instant());
    if (done.archived() > 0 || done.deleted() > 0) {
      LOG.log(System.Logger.Level.INFO, "retention: {0}", done);
    }
  }

  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "upkeep failed; it is tried again at its next turn", e);
    }
  }

  /// Waits for what is being done: an interrupt would cut the database's work short.
  @Override
  public void close() {
    closed.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }
}
