// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.domain.ApiException;
import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.span.Span;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Writes the digests of recorded model calls into the activity ledger, ten entries a second at
/// most, and in any case before the span store has the calls: whatever can be asked of it is bound.
///
/// What waits here was read from the journal and is not in the span store yet, which the loader
/// bounds. After a crash such calls are read and bound once more.
public final class CallEntries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CallEntries.class.getName());
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int CALLS_MAX = 10_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private final Object lock = new Object();
  private final List<CallEntry.Line> waiting = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private CallEntries(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("call-entries").daemon().unstarted(this::run);
  }

  public static CallEntries start(Ledger ledger, InstantSource clock) {
    CallEntries entries = new CallEntries(ledger, clock);
    entries.thread.start();
    return entries;
  }

  /// Takes the calls among the spans up for the next entry.
  public void see(List<Span> spans) {
    List<CallEntry.Line> lines = new ArrayList<>();
    for (Span span : spans) {
      if (CallEvidence.concerns(span)) {
        lines.add(new CallEntry.Line(span.key().spanId(), CallEvidence.fresh(span)));
      }
    }
    synchronized (lock) {
      waiting.addAll(lines);
    }
  }

  /// Writes what waits, and returns when it is synced.
  ///
  /// @throws ApiException when the ledger cannot be written; it waits on
  public void flush() {
    writing.lock();
    try {
      for (List<CallEntry.Line> lines = first(); !lines.isEmpty(); lines = first()) {
        Entry entry = CallEntry.write(clock.instant(), lines);
        ledger.append(entry);
        synchronized (lock) {
          waiting.subList(0, lines.size()).clear();
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private List<CallEntry.Line> first() {
    synchronized (lock) {
      return List.copyOf(waiting.subList(0, Math.min(waiting.size(), CALLS_MAX)));
    }
  }

  private void run() {
    boolean failed = false;
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          flush();
          failed = false;
        } catch (ApiException e) {
          if (!failed) {
            LOG.log(Level.ERROR, "calls are not bound by the activity ledger; tried again", e);
          }
          failed = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes what still waits.
  @Override
  public void close() {
    closed.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
    flush();
  }
}
