// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.AgentRecords;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.CallRecords;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.RecordedCall;
import dev.steward.gateway.record.RetrievalRecord;
import dev.steward.gateway.record.RetrievalRecords;
import dev.steward.gateway.record.Root;
import dev.steward.gateway.record.SampledRecord;
import dev.steward.gateway.record.SampledRecords;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.record.ToolRecords;
import dev.steward.gateway.record.WaitingRoom;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.ingest.Ingest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Brings what is known of a call into the journal, as one span. It does not wait for the disk; at
/// its limits, of calls and of bytes, it does, so that no call goes without a record. What the
/// journal refuses is kept here and tried again until it is in; for as long nothing new is let
/// through.
public final class Recorder
    implements CallRecords,
        ToolRecords,
        AgentRecords,
        RetrievalRecords,
        SampledRecords,
        AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
  private static final int WAITING_MAX = 4096;

  /// What calls that wait may hold of their requests and answers; a call that is larger waits
  /// alone.
  private static final int WAITING_BYTES_MAX = 64 << 20;

  private static final int CALL_BYTES = 2 << 10;
  private static final int PAGE_BYTES = 1 << 10;
  private static final Duration LEAVE_AFTER = Duration.ofSeconds(10);

  private final Ingest ingest;
  private final InstantSource clock;
  private final WaitingRoom room;
  private final int pagesMax;
  private final Semaphore pages;
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private volatile @Nullable String trouble;

  public Recorder(Ingest ingest, InstantSource clock) {
    this(
        ingest,
        clock,
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        LEAVE_AFTER,
        WAITING_BYTES_MAX);
  }

  /// @param retryMin first wait before a record is tried again; it doubles up to `retryMax`
  /// @param leaveAfter how long a close waits for a disk that refuses
  /// @param bytesMax of requests and answers that wait
  Recorder(
      Ingest ingest,
      InstantSource clock,
      Duration retryMin,
      Duration retryMax,
      Duration leaveAfter,
      int bytesMax) {
    this.ingest = ingest;
    this.clock = clock;
    this.room = new WaitingRoom(WAITING_MAX, retryMin, retryMax, leaveAfter);
    this.pagesMax = bytesMax / PAGE_BYTES;
    // In turn, so that small calls do not keep a large one out.
    this.pages = new Semaphore(pagesMax, true);
  }

  /// Makes what is to be written; called anew without content when it is too large.
  @FunctionalInterface
  private interface Writing {
    byte[] payload(boolean withContent);
  }

  /// @throws RefusedException UNRECORDED while records cannot be written
  @Override
  public void check() {
    String reason = trouble;
    if (reason != null) {
      turnedAway.incrementAndGet();
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.UNRECORDED,
              "The gateway cannot record calls at the moment, and lets none through that it cannot"
                  + " record: "
                  + reason
                  + ". Ask again later."));
    }
  }

  /// Writes the run's own span where the run begins with this call.
  @Override
  public void begins(CallRecord call) {
    Place place = call.place();
    Root root = place == null ? null : place.begins();
    if (root != null) {
      Instant at = call.startedAt();
      // One that finds no room is told with the end of the call.
      later(
          sender(call),
          1,
          at,
          _ -> SpanWriter.request(call, List.of(RootWriter.write(call, root, at))),
          false,
          pages(call));
    }
  }

  @Override
  public void record(CallRecord call) {
    Instant endedAt = clock.instant();
    boolean forwarded = !call.attempts().isEmpty();
    int spans = call.root() == null ? 1 : 2;
    later(
        sender(call),
        spans,
        endedAt,
        withContent -> SpanWriter.write(call, endedAt, withContent),
        forwarded || trouble == null,
        pages(call));
  }

  @Override
  public void record(ToolRecord call) {
    long bytes = (long) call.arguments().length() + call.result().length();
    record(call, bytes, (at, withContent) -> ToolSpanWriter.write(call, at, withContent));
  }

  @Override
  public void record(AgentRecord call) {
    record(call, 0, (at, _) -> AgentSpanWriter.write(call, at));
  }

  @Override
  public void record(RetrievalRecord call) {
    record(call, 0, (at, _) -> RetrievalSpanWriter.write(call, at));
  }

  /// Makes the span of a call that has ended.
  @FunctionalInterface
  private interface Ended {
    byte[] payload(Instant at, boolean withContent);
  }

  private void record(RecordedCall call, long bytes, Ended ended) {
    Instant endedAt = clock.instant();
    Caller caller = call.caller();
    later(
        sender(
            caller == null ? null : caller.agent().name(),
            caller == null ? null : caller.environment(),
            caller,
            call.place()),
        1,
        endedAt,
        withContent -> ended.payload(endedAt, withContent),
        call.isSent() || trouble == null,
        pages(bytes));
  }

  @Override
  public void record(SampledRecord call) {
    Instant endedAt = clock.instant();
    later(
        sender(
            call.caller().agent().name(), call.caller().environment(), call.caller(), call.place()),
        1,
        endedAt,
        withContent -> SampledSpanWriter.write(call, endedAt, withContent),
        true,
        pages((long) call.asked().toString().length() + call.answered().toString().length()));
  }

  /// Calls whose span could not be kept since the start.
  public long lost() {
    return lost.get();
  }

  /// Calls that were refused since the start because they could not have been recorded.
  public long turnedAway() {
    return turnedAway.get();
  }

  /// Why nothing can be recorded at the moment, empty when all is well.
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /// @param must whether to wait for room
  /// @param held how much of the room for bytes it takes
  private void later(
      Sender sender, int spans, Instant at, Writing writing, boolean must, int held) {
    if (must) {
      room.enter();
      pages.acquireUninterruptibly(held);
    } else if (!room.tryEnter()) {
      lost.incrementAndGet();
      return;
    } else if (!pages.tryAcquire(held)) {
      room.leave();
      lost.incrementAndGet();
      return;
    }
    Thread.ofVirtual()
        .name("gateway-record")
        .start(() -> {
          try {
            keep(sender, spans, at, writing);
          } finally {
            pages.release(held);
            room.leave();
          }
        });
  }

  /// How much of the room for bytes a call takes.
  private int pages(CallRecord call) {
    long bytes = call.answered().messages().length();
    if (call.asked() != null) {
      bytes += call.asked().body().bytes().length;
    }
    return pages(bytes);
  }

  private int pages(long bytes) {
    return (int) Math.min(pagesMax, (CALL_BYTES + bytes) / PAGE_BYTES);
  }

  /// Bytes of requests and answers that wait, counted in whole pages.
  long waitingBytes() {
    return (long) (pagesMax - pages.availablePermits()) * PAGE_BYTES;
  }

  private void keep(Sender sender, int spans, Instant at, Writing writing) {
    try {
      JournalRecord record =
          new JournalRecord(Signal.TRACES, spans, at, sender, writing.payload(true));
      int tries = 0;
      while (true) {
        try {
          ingest.accept(record);
          trouble = null;
          return;
        } catch (ApiException e) {
          if (e.code() == ErrorCode.TOO_LARGE) {
            LOG.log(Level.WARNING, "a call is recorded without its content: " + e.getMessage());
            record = record.part(spans, writing.payload(false));
            continue;
          }
          told(e);
        }
        tries++;
        if (!room.pause(tries)) {
          lost.incrementAndGet();
          LOG.log(Level.ERROR, "a call goes without its record: the server stops");
          return;
        }
      }
    } catch (RuntimeException e) {
      lost.incrementAndGet();
      LOG.log(Level.ERROR, "the record of a call could not be made", e);
    } catch (InterruptedException e) {
      lost.incrementAndGet();
      Thread.currentThread().interrupt();
    }
  }

  /// A journal that is only busy takes the record a moment later.
  private void told(ApiException e) {
    if (e.code() == ErrorCode.SLOW_DOWN) {
      return;
    }
    if (trouble == null) {
      LOG.log(Level.ERROR, "calls cannot be recorded and are refused: " + e.getMessage());
    }
    trouble = String.valueOf(e.getMessage());
  }

  private static Sender sender(CallRecord call) {
    return sender(call.agent(), call.environment(), call.caller(), call.place());
  }

  private static Sender sender(
      @Nullable String agent,
      @Nullable String environment,
      @Nullable Caller caller,
      @Nullable Place place) {
    return new Sender(
        agent,
        environment,
        caller == null ? null : caller.version().shortName(),
        place == null || !place.said() ? null : place.run(),
        place == null ? null : known(place.workflow()),
        place == null ? null : known(place.task()));
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  /// Waits until every record is kept, but not for a disk that refuses.
  @Override
  public void close() {
    room.close();
  }
}
