// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Notice;
import dev.steward.domain.Uninterrupted;
import dev.steward.gateway.budget.BudgetNotice;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells people that a budget runs low and that it has stopped a call: in the server's log at once,
/// and through the channels as soon as there is a courier. A call does not wait for either.
public final class BudgetNotices implements BudgetNotice.Listener, AutoCloseable {
  private static final Logger LOG = System.getLogger(BudgetNotices.class.getName());

  /// Notices are few: one for each limit of a window.
  private static final int WAITING_MAX = 1_024;

  private final BlockingQueue<BudgetNotice> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private volatile boolean closed;
  private @Nullable Thread thread;

  @Override
  public void noticed(BudgetNotice notice) {
    LOG.log(Logger.Level.WARNING, notice.words());
    if (!waiting.offer(notice)) {
      LOG.log(Logger.Level.WARNING, "too many notices wait; the last one goes to no channel");
    }
  }

  /// Begins to tell what waits and what comes.
  public BudgetNotices start(Courier courier) {
    thread = Thread.ofVirtual().name("budget-notices").start(() -> run(courier));
    return this;
  }

  private void run(Courier courier) {
    try {
      while (!closed || !waiting.isEmpty()) {
        BudgetNotice notice = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (notice != null) {
          tell(courier, notice);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(Courier courier, BudgetNotice notice) {
    try {
      courier.tell(id(notice), told(notice));
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.WARNING, "a budget notice goes to no channel: " + notice.words(), e);
    }
  }

  /// The same for the same limit of the same window, so that nothing is told twice.
  private static String id(BudgetNotice notice) {
    String what = notice.kind() + " " + notice.window() + " " + notice.limit().toPlainString();
    return "msg-budget-" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
  }

  private static Notice told(BudgetNotice notice) {
    WindowKey window = notice.window();
    return new Notice(
        switch (notice.kind()) {
          case WARNED -> "budget.warned";
          case STOPPED -> "budget.stopped";
        },
        window.budget(),
        notice.at(),
        switch (notice.kind()) {
          case WARNED -> "The budget " + window.budget() + " runs low";
          case STOPPED -> "The budget " + window.budget() + " has stopped a call";
        },
        notice.words(),
        "/budgets",
        Map.of(
            "budget",
            window.budget(),
            "window",
            window.period(),
            "run",
            window.run(),
            "unit",
            window.unit(),
            "limit",
            notice.limit().toPlainString(),
            "used",
            notice.used().toPlainString()));
  }

  @Override
  public void close() {
    closed = true;
    Thread telling = thread;
    if (telling != null) {
      try (Uninterrupted stretch = new Uninterrupted()) {
        stretch.join(telling);
      }
    }
  }
}
