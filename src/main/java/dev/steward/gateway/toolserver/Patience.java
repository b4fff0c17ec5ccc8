// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.gateway.relay.Cuttable.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends what waits for a server for too long, by an interrupt of the virtual thread that waits. A
/// socket's own limit is set once for a whole exchange, and cannot tell the wait for an answer from
/// silence in the middle of it.
final class Patience implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Begins to look, until it is closed.
  Patience start() {
    Thread.ofPlatform().name("tool-patience").daemon().start(this::run);
    return this;
  }

  /// A server was waited for longer than was allowed.
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;

    private LateException(Duration max, Throwable cause) {
      super("nothing came for " + words(max), cause);
    }

    private static String words(Duration max) {
      return max.toMillis() < 1_000 ? max.toMillis() + " ms" : max.toSeconds() + " seconds";
    }
  }

  /// @throws LateException when it lasted longer than the limit
  <T extends @Nullable Object> T within(Duration max, Waiting<T> waiting)
      throws IOException, InterruptedException {
    Wait wait = new Wait(Thread.currentThread(), System.nanoTime() + max.toNanos());
    waits.add(wait);
    try {
      T result = waiting.run();
      wait.end();
      return result;
    } catch (IOException | RuntimeException | InterruptedException e) {
      if (wait.end()) {
        throw new LateException(max, e);
      }
      throw e;
    } finally {
      wait.end();
      waits.remove(wait);
    }
  }

  private static final class Wait {
    private final Thread thread;
    private final long untilNanos;
    private boolean over;
    private boolean ended;

    private Wait(Thread thread, long untilNanos) {
      this.thread = thread;
      this.untilNanos = untilNanos;
    }

    private synchronized void look(long nanos) {
      if (!ended && !over && nanos - untilNanos > 0) {
        over = true;
        thread.interrupt();
      }
    }

    /// @return whether it was ended from here
    private synchronized boolean end() {
      if (over && !ended) {
        Thread.interrupted();
      }
      ended = true;
      return over;
    }
  }

  private void run() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        for (Wait wait : waits) {
          wait.look(now);
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
