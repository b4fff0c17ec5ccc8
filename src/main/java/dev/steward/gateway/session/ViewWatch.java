// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.domain.Digest;
import dev.steward.gateway.tool.ListView;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Tells clients that listen when what they may see has changed by us: a policy applied, a pin
/// accepted, a version put in force. What their servers change those tell themselves.
///
/// One thread looks and never writes; each client is told on a thread of its own, which is there
/// only while there is something to tell, so that one who does not read keeps nobody waiting.
public final class ViewWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ViewWatch.class.getName());

  private final Duration again;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Semaphore published = new Semaphore(0);
  private final Thread thread;

  /// @param again after which a look that failed is tried again
  public ViewWatch(Duration again) {
    this.again = again;
    this.thread = Thread.ofVirtual().name("mcp-views").start(this::run);
  }

  /// Says that there is another State; it takes no time.
  public void changed() {
    if (!watches.isEmpty()) {
      published.release();
    }
  }

  /// Watches for a client until it is closed. Nothing is told before `begin`, and nothing is lost.
  ///
  /// @param look gives what the client may see now
  /// @param told what it was told last; what has changed since then is told too
  /// @param tell takes the methods of notifications and says whether they went out; it may block on
  ///   a client that does not read
  public Watch open(Supplier<ListView> look, ToldLists told, Predicate<String> tell) {
    told.first(look);
    Watch watch = new Watch(look, told, tell);
    told.by(watch);
    watches.add(watch);
    published.release();
    return watch;
  }

  private void run() {
    try {
      boolean failed = false;
      while (true) {
        boolean all = true;
        if (failed) {
          all = published.tryAcquire(again.toNanos(), TimeUnit.NANOSECONDS);
        } else {
          published.acquire();
        }
        published.drainPermits();
        failed = false;
        for (Watch watch : watches) {
          if (all || watch.failed) {
            watch.look();
            failed |= watch.failed;
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /// What is to be told, and what its client then knows.
  private record Due(List<String> methods, Map<String, Digest> seen) {}

  /// One client that listens.
  public final class Watch implements AutoCloseable {
    private final Supplier<ListView> look;
    private final ToldLists told;
    private final Predicate<String> tell;
    private final Set<String> due = new LinkedHashSet<>();
    private boolean begun;
    private boolean telling;
    private boolean closed;
    private volatile boolean failed;

    private Watch(Supplier<ListView> look, ToldLists told, Predicate<String> tell) {
      this.look = look;
      this.told = told;
      this.tell = tell;
    }

    /// The client knows from now on that it listens.
    public synchronized void begin() {
      begun = true;
      send();
    }

    public synchronized boolean begun() {
      return begun;
    }

    private void look() {
      try {
        List<String> changed = told.changed(this, look.get());
        failed = false;
        note(changed);
      } catch (RuntimeException e) {
        if (!failed) {
          LOG.log(Level.WARNING, "what a client may see cannot be told; it is tried again", e);
        }
        failed = true;
      }
    }

    private synchronized void note(List<String> changed) {
      due.addAll(changed);
      send();
    }

    private synchronized void send() {
      if (begun && !closed && !telling && !due.isEmpty()) {
        telling = true;
        Thread.ofVirtual().name("mcp-list-changed").start(this::tellAll);
      }
    }

    private void tellAll() {
      for (Due next = next(); !next.methods().isEmpty(); next = next()) {
        for (String method : next.methods()) {
          try {
            if (tell.test(method)) {
              told.told(this, method, next.seen());
            }
          } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a client was not told of a change", e);
          }
        }
      }
    }

    private synchronized Due next() {
      Due next = new Due(closed ? List.of() : List.copyOf(due), told.seen());
      due.clear();
      telling = !next.methods().isEmpty();
      return next;
    }

    @Override
    public synchronized void close() {
      watches.remove(this);
      closed = true;
    }
  }
}
