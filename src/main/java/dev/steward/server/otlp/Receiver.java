// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.otlp.Acceptance;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes telemetry, whichever wire it came by, and returns once it is on disk.
public final class Receiver {
  private static final Duration TROUBLE_COUNTS_FOR = Duration.ofSeconds(10);

  private final Acceptance acceptance;
  private final Ingest ingest;
  private final Senders senders;
  private final MemoryBudget memory;
  private final Duration retryAfter;
  private final InstantSource clock;
  private volatile @Nullable Unkept unkept;

  private record Unkept(Instant at, String reason) {}

  public Receiver(
      Acceptance acceptance,
      Ingest ingest,
      Senders senders,
      MemoryBudget memory,
      Duration retryAfter,
      InstantSource clock) {
    this.acceptance = acceptance;
    this.ingest = ingest;
    this.senders = senders;
    this.memory = memory;
    this.retryAfter = retryAfter;
    this.clock = clock;
  }

  /// A body as it comes from the wire, read only once its sender is known.
  @FunctionalInterface
  public interface Body {
    byte[] read();
  }

  /// @return what was accepted, and what was refused of it
  /// @throws dev.steward.domain.ApiException when nothing of it was accepted
  public Accepted receive(
      Signal signal, OtlpEncoding encoding, Function<String, @Nullable String> header, Body body) {
    Sender sender = identified(header);
    byte[] bytes = body.read();
    MemoryBudget.Share share = taken(bytes.length);
    try {
      Accepted accepted = acceptance.accept(signal, encoding, bytes);
      if (accepted.items() > 0) {
        keep(
            new JournalRecord(
                signal, accepted.spans(), clock.instant(), sender, accepted.payload()));
      }
      return accepted;
    } finally {
      share.close();
    }
  }

  private void keep(JournalRecord record) {
    try {
      ingest.accept(record);
      if (unkept != null) {
        unkept = null;
      }
    } catch (ApiException e) {
      if (e.code() == ErrorCode.STORAGE_FAILED || e.code() == ErrorCode.JOURNAL_FULL) {
        unkept = new Unkept(clock.instant(), String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Sender identified(Function<String, @Nullable String> header) {
    try {
      return senders.identify(header);
    } catch (ApiException e) {
      ingest.countUnknownKey();
      throw e;
    }
  }

  /// Why the last request could not be kept, empty when it was or that is long ago: somebody has to
  /// send again for it to be known.
  public Optional<String> trouble() {
    Unkept last = unkept;
    return last != null && last.at().plus(TROUBLE_COUNTS_FOR).isAfter(clock.instant())
        ? Optional.of(last.reason())
        : Optional.empty();
  }

  private MemoryBudget.Share taken(int bytes) {
    try {
      return memory.take(bytes);
    } catch (ApiException e) {
      ingest.countSlowedDown();
      throw e;
    }
  }

  /// When a sender that was turned away should come back.
  public Duration retryAfter() {
    return retryAfter;
  }
}
