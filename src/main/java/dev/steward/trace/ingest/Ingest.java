// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.trace.Journal;
import dev.steward.trace.JournalRecord;
import java.time.Duration;
import java.time.InstantSource;

/// The front that receivers hand accepted requests to. It works from the first moment, before the
/// span store is open; counts and status need the loader, which is attached behind.
public final class Ingest {
  private final Journal journal;
  private final IngestConfig config;
  private final InstantSource clock;

  public Ingest(Journal journal, IngestConfig config, InstantSource clock) {
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /// Keeps the request and returns once it is synced.
  ///
  /// @throws dev.steward.domain.ApiException SLOW_DOWN when too much is in flight, and what
  ///   `Journal.append` throws
  public Accepted accept(JournalRecord record) {
    throw new UnsupportedOperationException(journal + " " + clock + record.spans());
  }

  /// What a client that was sent away should wait.
  public Duration retryAfter() {
    return config.retryAfter();
  }

  /// Lets counts and status answer.
  public void attach(Loader loader) {
    throw new UnsupportedOperationException(loader.toString());
  }

  /// @throws dev.steward.domain.ApiException STARTING while the span store is not open
  public IngestCounts counts() {
    throw new UnsupportedOperationException();
  }

  /// @throws dev.steward.domain.ApiException STARTING while the span store is not open
  public IngestStatus status() {
    throw new UnsupportedOperationException();
  }
}
