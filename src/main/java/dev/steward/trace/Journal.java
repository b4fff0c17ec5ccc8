// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

/// The durable queue between the acknowledgement and the span store.
public interface Journal extends AutoCloseable {

  /// Appends the record and returns once it is synced, together with whatever others were waiting.
  ///
  /// @throws dev.steward.domain.ApiException JOURNAL_FULL when the backlog is at its limit,
  ///   STORAGE_FAILED when the disk refuses, TOO_LARGE when the record alone is over its limit
  JournalPosition append(JournalRecord record);

  /// Behind the last record; everything before it is synced.
  JournalPosition end();

  /// Opens a reader behind the given position. A reader sees synced records only.
  Reader reader(JournalPosition from);

  /// Says that everything before the position is in the span store, so that its segments may go.
  void loaded(JournalPosition upTo);

  /// Bytes that are not loaded yet.
  long backlogBytes();

  /// Keeps every file where it is until the hold is closed, so that a backup can copy them.
  Hold hold();

  @Override
  void close();

  /// Reads records one after the other. For one thread.
  interface Reader extends AutoCloseable {
    /// The next record, waiting for one until the thread is interrupted.
    Entry next() throws InterruptedException;

    /// Whether `next` would return at once.
    boolean ready();

    @Override
    void close();
  }

  /// What lies between two positions of the journal.
  sealed interface Entry {
    /// The position behind it.
    JournalPosition position();

    /// An accepted record.
    record Whole(JournalRecord record, JournalPosition position) implements Entry {}

    /// A stretch that was acknowledged and can no longer be read.
    ///
    /// @param spans how many accepted spans lay in it
    /// @param bytes what is left of it, cut to a limit
    record Damaged(long spans, String reason, byte[] bytes, JournalPosition position)
        implements Entry {}
  }

  /// A promise that no segment is deleted.
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
