// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.history;

import dev.steward.store.duckdb.Retention;
import dev.steward.trace.tail.LiveTail;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What has to be done now and then: quiet runs leave the tail each minute, old days leave the hot
/// store each hour.
public final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

  private final Retention retention;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;

  private Upkeep(Retention retention, InstantSource clock) {
    this.retention = retention;
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upkeep").daemon().factory());
  }

  public static Upkeep start(LiveTail tail, Retention retention, InstantSource clock) {
    Upkeep upkeep = new Upkeep(retention, clock);
    upkeep.timer.scheduleWithFixedDelay(() -> upkeep.safely(tail::sweep), 1, 1, TimeUnit.MINUTES);
    upkeep.timer.scheduleWithFixedDelay(
        () -> upkeep.safely(upkeep::retain), 2, 60, TimeUnit.MINUTES);
    return upkeep;
  }

  private void retain() {
    Retention.Done done = retention.run(clock.instant());
    if (done.archived() > 0 || done.deleted() > 0) {
      LOG.log(System.Logger.Level.INFO, "retention: {0}", done);
    }
  }

  /// A timer's task that throws would never run again.
  private void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "upkeep failed; it is tried again at its next turn", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.log(System.Logger.Level.WARNING, "upkeep did not end within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
