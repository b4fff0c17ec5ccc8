// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.identity.Caller;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.ingest.Ingest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Brings what is known of a call into the journal, as one span. It does not wait for the disk; at
/// its limit it does, so that no call goes without a record.
public final class Recorder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
  private static final int WAITING_MAX = 4096;
  private static final int TRIES_MAX = 300;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ingest ingest;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(WAITING_MAX);
  private final AtomicLong lost = new AtomicLong();

  public Recorder(Ingest ingest, InstantSource clock) {
    this.ingest = ingest;
    this.clock = clock;
  }

  /// Records a call that has ended.
  public void record(CallRecord call) {
    Instant endedAt = clock.instant();
    room.acquireUninterruptibly();
    Thread.ofVirtual()
        .name("gateway-record")
        .start(() -> {
          try {
            keep(call, endedAt);
          } finally {
            room.release();
          }
        });
  }

  /// Calls whose span could not be kept since the start.
  public long lost() {
    return lost.get();
  }

  private void keep(CallRecord call, Instant endedAt) {
    try {
      byte[] payload = SpanWriter.write(call, endedAt);
      accept(new JournalRecord(Signal.TRACES, 1, endedAt, sender(call), payload));
    } catch (ApiException e) {
      lost.incrementAndGet();
      LOG.log(Level.ERROR, "the record of a model call could not be kept: " + e.getMessage());
    } catch (RuntimeException e) {
      lost.incrementAndGet();
      LOG.log(Level.ERROR, "the record of a model call could not be made", e);
    }
  }

  /// Waits its turn where too much is on its way to the disk: telemetry can be sent again, this
  /// not.
  private void accept(JournalRecord made) {
    for (int tries = 1; ; tries++) {
      try {
        ingest.accept(made);
        return;
      } catch (ApiException e) {
        if (e.code().kind() != ErrorCode.Kind.CAPACITY || tries == TRIES_MAX) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Sender sender(CallRecord call) {
    Caller caller = call.caller();
    Place place = call.place();
    return new Sender(
        caller == null ? null : caller.agent().name(),
        caller == null ? null : caller.environment(),
        caller == null ? null : caller.version().shortName(),
        place == null || !place.said() ? null : place.run(),
        place == null ? null : known(place.workflow()),
        place == null ? null : known(place.task()));
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  /// Waits until every record is kept.
  @Override
  public void close() {
    room.acquireUninterruptibly(WAITING_MAX);
    room.release(WAITING_MAX);
  }
}
