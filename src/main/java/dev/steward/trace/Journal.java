// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

/// The durable queue between the acknowledgement and the span store.
public interface Journal extends AutoCloseable {

  /// Appends the record and returns once it is synced, together with whatever others were waiting.
  ///
  /// @throws dev.steward.domain.ApiException JOURNAL_FULL when the backlog is at its limit,
  ///   STORAGE_FAILED when the disk refuses
  JournalPosition append(JournalRecord record);

  /// Where the next record will be written; everything before it is synced.
  JournalPosition end();

  /// Opens a reader behind the given position. A reader sees synced records only.
  Reader reader(JournalPosition from);

  /// Says that everything before the position is in the span store, so that its segments may go.
  void loaded(JournalPosition upTo);

  @Override
  void close();

  /// Reads records one after the other.
  interface Reader extends AutoCloseable {
    /// The next record, waiting for one until the thread is interrupted.
    Entry next() throws InterruptedException;

    /// Whether `next` would return at once.
    boolean ready();

    @Override
    void close();
  }

  /// A record and the position behind it.
  record Entry(JournalRecord record, JournalPosition position) {}
}
