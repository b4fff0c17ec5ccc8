// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Writes a comment to clients that have heard nothing for a while: only a write shows that one has
/// left.
public final class Reminders implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(500);

  private final LongSupplier nanos;
  private final Duration after;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// @param nanos a clock that never jumps
  /// @param after how long a client hears nothing before it gets a comment
  public Reminders(LongSupplier nanos, Duration after) {
    this.nanos = nanos;
    this.after = after;
    this.thread = Thread.ofPlatform().name("mcp-reminders").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public LongSupplier nanos() {
    return nanos;
  }

  /// Somebody who waits.
  public interface Listener {
    long idleNanos();

    /// It may block on a client that does not read.
    void remind();
  }

  /// A reply that is looked after until it is closed.
  public Watch watch(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// Ends the looking after.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private void run() {
    Set<Listener> busy = ConcurrentHashMap.newKeySet();
    try {
      while (!closed.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        for (Listener listener : listeners) {
          if (listener.idleNanos() >= after.toNanos() && busy.add(listener)) {
            Thread.ofVirtual()
                .name("mcp-reminder")
                .start(() -> {
                  try {
                    listener.remind();
                  } finally {
                    busy.remove(listener);
                  }
                });
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
