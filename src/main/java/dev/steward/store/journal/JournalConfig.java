// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import java.time.Duration;

/// Limits of the journal.
///
/// @param segmentBytes size at which the next segment file is begun
/// @param backlogBytesMax journal bytes not loaded yet at which JOURNAL_FULL is answered
/// @param recordBytesMax largest record
/// @param groupBytesMax bytes that share one sync
/// @param queueMax records waiting for the writer
/// @param waitMax longest wait for a place in the queue, and for the sync
/// @param keptSegments segments kept although all in them is loaded
public record JournalConfig(
    long segmentBytes,
    long backlogBytesMax,
    int recordBytesMax,
    int groupBytesMax,
    int queueMax,
    Duration waitMax,
    int keptSegments) {

  public static final JournalConfig DEFAULT =
      new JournalConfig(64L << 20, 4L << 30, 128 << 20, 4 << 20, 1_024, Duration.ofSeconds(30), 1);

  public JournalConfig {
    if (segmentBytes <= 0 || backlogBytesMax <= 0 || recordBytesMax <= 0 || groupBytesMax <= 0) {
      throw new IllegalArgumentException("a limit of bytes is not positive");
    }
    if (queueMax <= 0 || keptSegments < 0 || waitMax.isNegative() || waitMax.isZero()) {
      throw new IllegalArgumentException("a limit of the journal is not positive");
    }
  }
}
