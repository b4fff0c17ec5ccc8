// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.SpanStore;
import dev.steward.trace.load.Loader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The front that receivers hand accepted requests to. It works from the first moment, before the
/// span store is open; counts and status need the loader, which is attached behind.
public final class Ingest {
  private final Journal journal;
  private final IngestConfig config;
  private final InstantSource clock;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final AtomicLong slowedDown = new AtomicLong();
  private final AtomicLong unknownKeys = new AtomicLong();
  private final Arrivals arrivals;
  private volatile @Nullable Loader loader;

  public Ingest(Journal journal, IngestConfig config, InstantSource clock) {
    this.journal = journal;
    this.config = config;
    this.clock = clock;
    this.arrivals = new Arrivals(clock.instant());
  }

  /// Keeps the request and returns once it is synced.
  ///
  /// @throws ApiException SLOW_DOWN when too much is in flight, and what `Journal.append` throws
  public Accepted accept(JournalRecord record) {
    long bytes = record.payload().length;
    if (inFlightBytes.addAndGet(bytes) > config.inFlightBytesMax() && bytes < inFlightBytes.get()) {
      inFlightBytes.addAndGet(-bytes);
      slowedDown.incrementAndGet();
      throw new ApiException(
          ErrorCode.SLOW_DOWN,
          "%d bytes wait for the disk: send again in %d s"
              .formatted(inFlightBytes.get(), Math.max(1, config.retryAfter().toSeconds())));
    }
    try {
      Accepted accepted = new Accepted(record.spans(), journal.append(record));
      arrivals.add(record, record.received());
      return accepted;
    } catch (ApiException e) {
      slowedDown.incrementAndGet();
      throw e;
    } finally {
      inFlightBytes.addAndGet(-bytes);
    }
  }

  /// Counts a request that was turned away before it came here, because there was no room for it.
  public void countSlowedDown() {
    slowedDown.incrementAndGet();
  }

  /// Counts a request that was turned away because its key was missing, wrong or revoked.
  public void countUnknownKey() {
    unknownKeys.incrementAndGet();
  }

  /// What has arrived since the server started.
  public Arrivals.Report arrivals() {
    return arrivals.report(clock.instant());
  }

  /// What a client that was sent away should wait.
  public Duration retryAfter() {
    return config.retryAfter();
  }

  /// Lets counts and status answer.
  public void attach(Loader attached) {
    loader = attached;
  }

  /// @throws ApiException STARTING while the span store is not open
  public IngestCounts counts() {
    // The store first: the journal only grows, so its end is never behind what the store has.
    SpanStore.Counts stored = attached().stored();
    long accepted = journal.end().spans();
    return new IngestCounts(
        accepted,
        stored.loaded(),
        accepted - stored.upTo().spans(),
        stored.deadLetters(),
        stored.duplicates());
  }

  /// @throws ApiException STARTING while the span store is not open
  public IngestStatus status() {
    Loader from = attached();
    Instant now = clock.instant();
    Duration oldest =
        from.oldestWaiting().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    return new IngestStatus(
        oldest.isNegative() ? Duration.ZERO : oldest,
        journal.backlogBytes(),
        inFlightBytes.get(),
        from.progress().logs(),
        from.progress().metrics(),
        slowedDown.get(),
        unknownKeys.get(),
        from.progress().trouble());
  }

  private Loader attached() {
    Loader attached = loader;
    if (attached == null) {
      throw new ApiException(
          ErrorCode.STARTING, "the span store is being opened: ask again in a second");
    }
    return attached;
  }
}
