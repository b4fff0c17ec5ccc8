// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/// Moves the journal into the span store, exactly once, and shows it to the live tail on the way.
public final class Loader implements AutoCloseable {

  /// @param ids gives UUIDv7s for dead letters
  public Loader(
      Journal journal,
      Reading reading,
      Tail tail,
      SpanStore store,
      IngestConfig config,
      InstantSource clock,
      Supplier<String> ids) {
    throw new UnsupportedOperationException(
        "" + journal + reading + tail + store + config + clock + ids);
  }

  /// Starts behind the last committed position.
  ///
  /// @throws IllegalStateException when the journal ends before what the span store has loaded
  public void start() {}

  /// Waits until everything before the position is in the span store.
  ///
  /// @return false when the time was over first
  public boolean awaitLoaded(JournalPosition position, Duration timeout)
      throws InterruptedException {
    throw new UnsupportedOperationException("" + position + timeout);
  }

  /// Reads and loads dead letters again. What fails again is a new letter with its new reason.
  public Retried retry(Set<String> letters) {
    throw new UnsupportedOperationException("" + letters);
  }

  /// Drops dead letters for good.
  ///
  /// @return how many were there
  public int drop(Set<String> letters) {
    throw new UnsupportedOperationException("" + letters);
  }

  /// What became of the spans of retried letters.
  public record Retried(int loaded, int duplicates, int deadLetters) {}

  @Override
  public void close() {}
}
